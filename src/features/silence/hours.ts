import { z } from 'zod';
import { isBulk, usageError } from '../../chat/command-line.ts';
import { defineAction, Id } from '../../chat/define-action.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { actorOf, requireRole } from '../../chat/person.ts';
import { changeReply, reply } from '../../chat/reply.ts';
import { type AgentFinder, resolveAgent } from '../../chat/resolve-agent.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { refusal } from '../../platform/errors.ts';
import type { Card } from '../../platform/messenger.ts';
import { inSlices } from '../../platform/slices.ts';
import { optional } from '../../shared/optional.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import type { AgentReader, FleetReader } from '../fleet/ports.ts';
import { hoursCard, hoursOfManyCard } from './cards/hours.ts';
import { type HoursAct, parseHours, parseHoursAlone, type TypedHours } from './parse-hours.ts';
import type { UsualHours } from './ports.ts';
import type { AgentHours } from './store.ts';

interface Ports {
  readonly agents: AgentReader;
  readonly clock: Clock;
  readonly finder: AgentFinder;
  readonly fleets: FleetReader;
  readonly store: { readonly agentHours: AgentHours };
  readonly usualHours: UsualHours;
}

const ShowData = z.object({ agent: Id });
const SetData = z.object({ agent: Id, hours: z.string().max(400) });

declare module '../../ui/action.ts' {
  interface Verbs {
    'hours.show': z.infer<typeof ShowData>;
    'hours.set': z.infer<typeof SetData>;
  }
}

type HoursPorts = Pick<Ports, 'clock' | 'store' | 'usualHours'>;
type Named = { readonly id: string; readonly name: string };

const usage = 'hours <agent | where filter> [mon-fri 08:00-18:00 | always | learn]';

const hours = defineCommand({
  name: 'hours',
  group: 'Be told',
  usage,
  summary: 'Show or set when an agent is expected online',
  details: [
    'hours lax-12: what is set, or learned',
    'hours lax-12 mon-fri 08:00-18:00 sat 09:00-12:00',
    'hours where field.Site:Boise always: every absence counts',
    'hours lax-12 learn: as it is usually online',
    'They count wherever the agent is watched; “watch … always” ignores them.',
  ],
  role: 'viewer',
  run: async (ports: Ports, turn, rest) => {
    if (rest.trim() === '') throw usageError(usage);
    const { scope } = turn;
    const whole = await ports.finder.readingOfWholeName(scope.account, [{ agent: rest }]);
    const asked: TypedHours =
      whole === undefined ? parseHours(rest, scope.timeZone) : { subject: rest };
    if (asked.act !== undefined) requireRole(scope, 'operator', '“hours” with times');
    if (whole === undefined && isBulk(asked.subject)) return ofMany(ports, turn, asked);
    const { act, typed } = asked;
    return resolveAgent(ports, turn, {
      name: asked.subject,
      usage,
      verb: act === undefined ? 'hours.show' : 'hours.set',
      data: optional('hours', typed),
      act: async (found) => {
        const named = { id: found.id, name: fullName(found) };
        return act === undefined
          ? reply(await cardOf(ports, turn, named, false))
          : setFor(ports, turn, named, act, typed ?? '');
      },
    });
  },
});

const cardOf = async (
  { clock, usualHours }: Pick<Ports, 'clock' | 'usualHours'>,
  { scope }: Turn,
  agent: Named,
  changed: boolean,
): Promise<Card> => {
  const here = await usualHours.in(scope.account, scope.timeZone);
  const { timeZone } = here;
  const known = { learned: here.learned(agent.id), ...optional('set', here.setFor(agent.id)) };
  return hoursCard({ agent, ...known, timeZone, changed }, readerOf(scope, clock));
};

const save = async (
  { clock, store }: HoursPorts,
  { scope }: Turn,
  agents: readonly string[],
  act: HoursAct,
): Promise<void> => {
  if (act === 'learn') return store.agentHours.remove(scope.account, agents);
  const one = { hours: act, by: actorOf(scope), at: clock.now() };
  await store.agentHours.set(
    scope.account,
    agents.map((agentId) => ({ agentId, ...one })),
  );
};

const setFor = async (
  ports: HoursPorts,
  turn: Turn,
  agent: Named,
  act: HoursAct,
  typed: string,
): Promise<Reply> => {
  await save(ports, turn, [agent.id], act);
  const auditedChange = {
    agentId: agent.id,
    agentName: agent.name,
    after: typed,
    detail: 'hours',
  };
  return changeReply(auditedChange, () => cardOf(ports, turn, agent, true));
};

const ofMany = async (
  ports: Ports,
  turn: Turn,
  { subject, typed, act }: TypedHours,
): Promise<Reply> => {
  const { account, timeZone } = turn.scope;
  const wanted = subject.trim().slice('where'.length).trim();
  if (wanted === '') throw usageError(usage, subject);
  const found = await ports.fleets.matching(turn.scope, wanted);
  const { filter } = found;
  const agents = found.agents.map(({ agent }) => ({ id: agent.id, name: fullName(agent) }));
  if (agents.length === 0) throw refusal('bad-input', 'hours.matches-nobody', { typed: wanted });
  const ids = agents.map(({ id }) => id);
  if (act !== undefined) await save(ports, turn, ids, act);
  const draw = async (): Promise<Card> => {
    const here = await ports.usualHours.in(account, timeZone);
    const count = { set: 0, learned: 0, neverPauses: 0, notYet: 0 };
    await inSlices(ids, (id) => {
      const { kind } = here.learned(id);
      if (here.setFor(id) !== undefined) count.set += 1;
      else if (kind === 'hours') count.learned += 1;
      else if (kind === 'never-pauses') count.neverPauses += 1;
      else count.notYet += 1;
    });
    const names = agents.map(({ name }) => name);
    return hoursOfManyCard(
      { filter, names, ...count, ...optional('changed', act) },
      readerOf(turn.scope, ports.clock),
    );
  };
  if (act === undefined) return reply(await draw());
  return changeReply({ after: typed ?? '', detail: `hours where ${filter}` }, draw);
};

const show = defineAction('hours.show', {
  data: ShowData,
  role: 'viewer',
  title: 'Showing hours',
  run: async (ports: Ports, turn, { agent }) =>
    reply(await cardOf(ports, turn, await nameOf(ports, turn, agent), false)),
});

const set = defineAction('hours.set', {
  data: SetData,
  role: 'operator',
  title: 'Setting hours',
  run: async (ports: Ports, turn, { agent, hours: typed }) => {
    const act = parseHoursAlone(typed, turn.scope.timeZone);
    return setFor(ports, turn, await nameOf(ports, turn, agent), act, typed);
  },
});

const nameOf = async ({ agents }: Ports, { scope }: Turn, id: string): Promise<Named> => {
  const view = await agents.recent(scope.account, id);
  return { id, name: fullName(view.agent) };
};

export const hoursCommands = [hours];

export const hoursActions = { 'hours.show': show, 'hours.set': set };
