/** What an action just did, for the one line that a card shows about it. */
export type Done = {
  /** Who did it. */
  readonly by: string;
  /** ms since 1970 */
  readonly at: number;
  /** Id of the change that an Undo button takes back. */
  readonly undo?: string;
} & (
  | {
      readonly what: 'paused' | 'resumed';
      readonly sessions: readonly string[];
      readonly all: boolean;
    }
  | { readonly what: 'renamed'; readonly before: string; readonly after: string }
  | { readonly what: 'reconnected' }
  | { readonly what: 'taken-back'; readonly of: 'rename' | 'pause' | 'resume' }
);
