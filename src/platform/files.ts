/** A text to download, such as a table that is too large for a card. */
export interface TextFile {
  /** As it is saved, with its ending: `agents.csv`. Letters, digits, dots and dashes only. */
  readonly name: string;
  readonly text: string;
}

/** How long a link to a file works (contract, Files). */
export const fileLifetimeMs = 3_600_000;

/** Port: links to files. */
export interface FileLinks {
  /**
   * An address that gives the file to whoever has it, for an hour. Nothing where the bot has no address of its own, or
   * where too many files are stored already.
   */
  link(file: TextFile): Promise<string | undefined>;
}

/** Where the bot has no address of its own. */
export const noFileLinks: FileLinks = { link: async () => undefined };

export interface StoredFile extends TextFile {
  /** Never used for another file. */
  readonly id: string;
  /** ms since 1970 */
  readonly until: number;
}

/** Port: files that links lead to, whichever instance made them. */
export interface Files {
  /** False, and nothing is stored, where there are too many already. */
  add(file: StoredFile, now: number): Promise<boolean>;
  find(id: string): Promise<TextFile | undefined>;
}
