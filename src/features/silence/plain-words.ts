import type { PlainWords } from '../../chat/plain-words/ports.ts';
import { readerOf } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { asAppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { FleetReader } from '../fleet/ports.ts';
import { hiddenText } from './cards/hidden-text.ts';
import { fromNow, readMaintenance } from './plan.ts';
import type { SilencePreviewer } from './ports.ts';

interface Ports {
  readonly clock: Clock;
  readonly fleets: Pick<FleetReader, 'understand'>;
  readonly hiding: SilencePreviewer;
  readonly log: Logger;
}

/** What plain words need of mutes and maintenance. */
export const plainSilenceWords = (ports: Ports): Pick<PlainWords, 'wouldHide'> => ({
  wouldHide: async (turn, silenced) => {
    const { clock, hiding, log } = ports;
    try {
      // As a press would plan it.
      const window =
        'filter' in silenced ? await readMaintenance(ports, turn, fromNow(silenced)) : undefined;
      const planned = 'filter' in silenced ? window : silenced;
      const hidden = planned && (await hiding.hidden(turn.scope, planned));
      return hidden && hiddenText(hidden, window, readerOf(turn.scope, clock));
    } catch (error) {
      // What cannot be read is refused by the press; until then only the line is missing.
      log.warn('silence.preview-failed', { code: asAppError(error).code });
      return undefined;
    }
  },
});
