import type { PlainWords } from '../../chat/plain-words/ports.ts';
import { readerOf } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import type { SilencesHere } from '../silence/ports.ts';
import { watchedHereCard } from './cards/watched-here.ts';
import { nameWatch } from './domain/watch.ts';
import type { WatchEditor } from './ports.ts';
import { watchForm } from './replies.ts';

interface Ports {
  readonly clock: Clock;
  readonly silences: SilencesHere;
  readonly watching: WatchEditor;
}

/** What plain words need of watches. */
export const plainWatchWords = (ports: Ports): Pick<PlainWords, 'watchForm' | 'watchedHere'> => ({
  watchForm: (turn, { filter, bound, below, offline, after }) =>
    watchForm(ports, turn, undefined, { values: { filter, bound, below, offline, after } }),
  watchedHere: async ({ scope }) => {
    const [watches, mutes] = await Promise.all([
      ports.watching.list(scope),
      ports.silences.mutes(scope),
    ]);
    return watchedHereCard(
      {
        watches: watches.map(nameWatch),
        allMutedUntil: mutes.find(({ agentId }) => agentId === '')?.until,
      },
      readerOf(scope, ports.clock),
    );
  },
});
