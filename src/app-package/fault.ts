/** What keeps the package from being made. */
export interface Fault {
  /** The file and the place in it, or the setting. */
  readonly where: string;
  readonly what: string;
}
