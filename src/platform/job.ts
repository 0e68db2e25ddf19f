/** Something that falls due again and again. Every instance looks; each thing is claimed by one of them. */
export interface Job {
  /** For the log. */
  readonly name: string;
  /** Does what is due now. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}
