import { readerOf, type Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Card } from '../../platform/messenger.ts';
import { optional } from '../../shared/optional.ts';
import type { FleetReader } from '../fleet/ports.ts';
import { silenceCard } from './cards/silence.ts';
import { parseMaintenance } from './parse.ts';
import type { SilenceEditor, SilencePreviewer } from './ports.ts';

interface Ports {
  readonly clock: Clock;
  readonly fleets: FleetReader;
  readonly hiding: SilencePreviewer;
  readonly silences: SilenceEditor;
}

/** Plans the window that is typed as `<filter> from <time> to <time>`, then draws: a card that fails must not lose the audit entry. */
export const planMaintenance = async (ports: Ports, { scope, reader }: Turn, typed: string) => {
  const wanted = parseMaintenance(typed, reader);
  const { filter, from, until } = await ports.silences.planMaintenance(scope, {
    ...wanted,
    filter: await ports.fleets.understand(scope, wanted.filter),
  });
  const by = { by: scope.person.name, at: reader.now };
  return async (): Promise<Card> => {
    const matching = await ports.fleets.count(scope.account, filter);
    const hidden = await ports.hiding.hidden(scope, { filter, from, until });
    const counts = { ...optional('matching', matching), ...optional('hidden', hidden) };
    const window = { filter, from, until, ...counts };
    return silenceCard({ what: 'maintenance', ...window, ...by }, readerOf(scope, ports.clock));
  };
};
