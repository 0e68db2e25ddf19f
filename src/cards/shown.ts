import type { Shown } from '../core/alert.ts';
import { type Look, lookOf, stateText } from './standing.ts';

/** `Poor 41`, `Offline`: what was observed, as a card says it. */
export const shownText = ({ word, score }: Shown): string =>
  word === 'online' ? 'Online' : stateText(word, score);

/** As shownText, at the right of a head or a row. Here being offline is the news, so it is not subtle. */
export const shownCell = (
  shown: Shown,
): { readonly state: string; readonly color: Look['color']; readonly isSubtle: boolean } => {
  const plainly = shown.word === 'online' || shown.word === 'offline';
  const { color, isSubtle } = plainly
    ? { color: 'Default' as const, isSubtle: false }
    : lookOf(shown.word);
  return { state: shownText(shown), color, isSubtle };
};
