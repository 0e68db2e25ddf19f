export type TextTest = (text: string | undefined) => boolean;

/**
 * Whether a text holds the pattern, whatever the case; a pattern with `*` must fit the whole text.
 * Works piece by piece instead of by a regular expression, which many stars could make slow.
 */
export const textTest = (pattern: string): TextTest => {
  const wanted = pattern.toLowerCase();
  if (!wanted.includes('*')) return (text) => text?.toLowerCase().includes(wanted) === true;
  const [head = '', ...pieces] = wanted.split(/\*+/u);
  const tail = pieces.pop() ?? '';
  return (text) => text !== undefined && fits(text.toLowerCase(), head, pieces, tail);
};

const fits = (text: string, head: string, pieces: readonly string[], tail: string): boolean => {
  if (!text.startsWith(head) || !text.endsWith(tail)) return false;
  let from = head.length;
  for (const piece of pieces) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from + tail.length <= text.length;
};
