import { optional } from '../../../shared/optional.ts';
import { type Appearance, appearanceOf, stateText } from '../../../ui/status.ts';
import type { Shown } from '../domain/alert-state.ts';
import { isOverAlone, overText } from './over-text.ts';

/** PingPlotter's quality words keep their capital letter. */
export const inSentence = (text: string): string =>
  /^(?:Good|Fair|Poor)/u.test(text) ? text : text.toLowerCase();

/** Like `Poor 41`, `Offline`, `Latency 182 ms (limit 150)` or `Score 71, usually 92`. */
export const shownText = (shown: Shown): string => {
  const { word, score, over, usual } = shown;
  if (word === 'online') return 'Online';
  if (isOverAlone(shown)) return overText(shown);
  // That it is Good is no news, and no reason for a message.
  const state =
    word === 'good' && usual !== undefined && score !== undefined
      ? `Score ${Math.round(score)}`
      : stateText(word, score);
  return [
    state,
    ...(usual === undefined ? [] : [`usually ${usual.score}`]),
    ...(over === undefined ? [] : [inSentence(overText(shown))]),
  ].join(', ');
};

/** Short: it stands beside a name. The values stand in a line. */
const cellText = (shown: Shown): string =>
  isOverAlone(shown)
    ? 'Over limit'
    : shownText({ word: shown.word, ...optional('score', shown.score) });

/** Elsewhere offline is drawn subtle. Here it is the news, so it is not. A limit has no colour: those are of quality words. */
export const shownCell = (
  shown: Shown,
): { readonly state: string; readonly color: Appearance['color']; readonly isSubtle: boolean } => {
  const isNoQuality = shown.word === 'online' || shown.word === 'offline' || isOverAlone(shown);
  const { color, isSubtle } = isNoQuality
    ? { color: 'Default' as const, isSubtle: false }
    : appearanceOf(shown.word);
  return { state: cellText(shown), color, isSubtle };
};
