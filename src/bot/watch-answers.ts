import { statement } from '../cards/statement.ts';
import { watchFormCard } from '../cards/watch-form.ts';
import { ruleText } from '../cards/watch-line.ts';
import { watchMadeCard } from '../cards/watch-made.ts';
import { watchesCard } from '../cards/watches.ts';
import { asAppError } from '../core/errors.ts';
import { matches, parseFilter } from '../core/filter.ts';
import { type KeptWatch, nameWatch } from '../core/kept-watch.ts';
import { optional } from '../core/optional.ts';
import type { FleetView } from '../core/overview.ts';
import type { Card } from '../core/turn.ts';
import { maintenanceHere } from '../use-cases/maintain.ts';
import { mutesHere } from '../use-cases/mute.ts';
import { previewWatch } from '../use-cases/preview-watch.ts';
import { watchesHere } from '../use-cases/watch-list.ts';
import { type BotPorts, readerOf, type Turn } from './turn.ts';

/** A watch with what it is about now and what it would have sent. */
export const watchMade = async (
  ports: BotPorts,
  { scope }: Turn,
  watch: KeptWatch,
  changed: boolean,
): Promise<Card> => {
  const preview = await previewWatch(ports)(scope.account, watch.rule);
  if (preview === undefined) return unseen(watch);
  const model = { watch: nameWatch(watch), changed, ...preview };
  return watchMadeCard(model, readerOf(scope, ports.clock));
};

/** PingPlotter does not answer now: no reason to make nobody a watch. */
const unseen = ({ number, rule }: KeptWatch): Card => {
  const title = `Watch ${number} is set`;
  const sentence =
    'The agents cannot be read just now, so nobody can tell how many it is about. It begins with the next sweep that can.';
  return statement({ title, line: ruleText(rule), sentence, actions: [] }, `${title}. ${sentence}`);
};

/** What this conversation is told, and what holds it back. */
export const watchesHereCard = async (ports: BotPorts, { scope }: Turn): Promise<Card> => {
  const [watches, mutes, maintenance, fleet] = await Promise.all([
    watchesHere(ports)(scope),
    mutesHere(ports)(scope),
    maintenanceHere(ports)(scope),
    fleetIfAny(ports, scope.account),
  ]);
  const names = new Map(fleet?.agents.map(({ agent }) => [agent.id, agent.name]));
  return watchesCard(
    {
      watches: watches.map((watch) => ({
        ...nameWatch(watch),
        ...optional('matching', fleet && matching(fleet, watch.rule.filter)),
      })),
      mutes: mutes.map(({ agentId, until }) => ({
        agentId,
        agentName: names.get(agentId) ?? agentId,
        until,
      })),
      maintenance: maintenance.map(({ filter, from, until, by }) => ({
        filter,
        from,
        until,
        by: by.name,
      })),
    },
    readerOf(scope, ports.clock),
  );
};

/** A new watch's form, or that of one that is there. */
export const watchForm = (
  ports: BotPorts,
  { scope }: Turn,
  watch?: KeptWatch,
  filledIn: { readonly values?: Readonly<Record<string, string>>; readonly problem?: string } = {},
): Card =>
  watchFormCard(
    { ...optional('watch', watch && nameWatch(watch)), ...filledIn },
    readerOf(scope, ports.clock),
  );

/** How many agents a filter is about now; nothing while nobody can tell. */
export const matchingNow = async (
  ports: BotPorts,
  account: string,
  filter: string,
): Promise<number | undefined> => {
  const fleet = await fleetIfAny(ports, account);
  return fleet && matching(fleet, filter);
};

const matching = ({ agents }: FleetView, filter: string): number =>
  agents.filter(matches(parseFilter(filter))).length;

const fleetIfAny = async (
  { fleets, log }: BotPorts,
  account: string,
): Promise<FleetView | undefined> => {
  try {
    return await fleets.read(account);
  } catch (error) {
    log.info('fleet not read', { code: asAppError(error).code });
    return fleets.last(account);
  }
};
