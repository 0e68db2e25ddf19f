import { readerOf, type Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Card } from '../../platform/messenger.ts';
import { optional } from '../../shared/optional.ts';
import type { FleetReader } from '../fleet/ports.ts';
import { silenceCard } from './cards/silence.ts';
import { parseMaintenance, type TypedMaintenance } from './parse.ts';
import type { SilenceEditor, SilencePreviewer } from './ports.ts';

interface Ports {
  readonly clock: Clock;
  readonly fleets: FleetReader;
  readonly hiding: SilencePreviewer;
  readonly silences: SilenceEditor;
}

/** As it is typed for a window that begins at once. */
export const fromNow = ({ filter, to }: { readonly filter: string; readonly to: string }): string =>
  `${filter} from now to ${to}`;

/** The window that is typed as `<filter> from <time> to <time>`. Rejects with what cannot be read. */
export const readMaintenance = async (
  { fleets }: { readonly fleets: Pick<FleetReader, 'understand'> },
  { scope, reader }: Turn,
  typed: string,
): Promise<TypedMaintenance> => {
  const wanted = parseMaintenance(typed, reader);
  return { ...wanted, filter: await fleets.understand(scope, wanted.filter) };
};

/** Plans the window that is typed, then draws: a card that fails must not lose the audit entry. */
export const planMaintenance = async (ports: Ports, turn: Turn, typed: string) => {
  const { scope, reader } = turn;
  const wanted = await readMaintenance(ports, turn, typed);
  const { filter, from, until } = await ports.silences.planMaintenance(scope, wanted);
  const by = { by: scope.person.name, at: reader.now };
  return async (): Promise<Card> => {
    const matching = await ports.fleets.count(scope.account, filter);
    const hidden = await ports.hiding.hidden(scope, { filter, from, until });
    const counts = { ...optional('matching', matching), ...optional('hidden', hidden) };
    const window = { filter, from, until, ...counts };
    return silenceCard({ what: 'maintenance', ...window, ...by }, readerOf(scope, ports.clock));
  };
};
