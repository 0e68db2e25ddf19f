import type { Card, CardView } from '../../../platform/messenger.ts';
import { execute, runCommand, showsTo } from '../../../ui/action.ts';
import { plainName } from '../../../ui/escape.ts';
import { entriesCard } from '../../../ui/plain-cards.ts';
import { bold, counted, dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import type { NamedWatch } from '../domain/watch.ts';
import { ruleText } from './watch-line.ts';

export interface WatchedHereModel {
  readonly watches: readonly NamedWatch[];
  /** ms since 1970 */
  readonly allMutedUntil?: number | undefined;
}

/** Buttons that end one; with Mute and the way to the whole list they are five. */
const shownWatches = 3;
const muteFor = '1h';

/** For who wants to hear nothing more here: what is watched, with buttons to end it, or to hold it for a while. */
export const watchedHereCard: CardView<WatchedHereModel> = (
  { watches, allMutedUntil },
  reader,
): Card => {
  const more = watches.length - shownWatches;
  const may = showsTo(reader, 'operator');
  const mayEnd = may || reader.kind === 'personal';
  const about = dots([
    watches.length === 0
      ? 'Nothing is watched here, so no alerts come.'
      : `${counted(watches.length, 'watch', 'watches')} · nothing is changed yet`,
    allMutedUntil !== undefined && `all muted until ${clock(allMutedUntil, reader)}`,
  ]);
  const muted = allMutedUntil !== undefined;
  return entriesCard(
    {
      title: 'What should stop here?',
      about,
      rows: watches.slice(0, shownWatches).map(({ number, rule, madeBy }) => ({
        name: [bold(`${number} · ${ruleText(rule)}`)],
        line: `made by ${plainName(madeBy)}`,
      })),
      note: more > 0 ? `and ${more} more` : undefined,
      actions: [
        ...(mayEnd
          ? watches
              .slice(0, shownWatches)
              .map(({ id, number }) => execute(`End watch ${number}`, 'watch.end', { watch: id }))
          : []),
        ...(may && watches.length > 0 && !muted
          ? [
              execute('Mute all for 1 h', 'command.run', {
                command: 'mute',
                rest: `all for ${muteFor}`,
              }),
            ]
          : []),
        ...(may && muted
          ? [execute('Unmute all', 'command.run', { command: 'unmute', rest: 'all' })]
          : []),
        runCommand('All watches', 'watches'),
      ],
    },
    `What should stop here? ${about}`,
  );
};
