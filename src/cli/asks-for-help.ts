/** Whoever asks how a program is called gets that, and nothing is done. */
export const asksForHelp = (words: readonly string[]): boolean =>
  words.some((word) => word === '--help' || word === '-h');
