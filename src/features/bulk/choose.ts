import { z } from 'zod';
import { defineAction, Filled, Id } from '../../chat/define-action.ts';
import { requireRole } from '../../chat/person.ts';
import { reply } from '../../chat/reply.ts';
import type { Reply } from '../../chat/turn.ts';
import { refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import type { AskedOfMany } from '../changes/ports.ts';
import type { AgentView } from '../fleet/domain/agent-view.ts';
import { machinesTwice } from '../fleet/domain/same-machine.ts';
import { chooseCard } from './cards/choose.ts';
import { bulkActs } from './domain/job.ts';
import { isMeant, mayBeOffered, mostOffered, PickedFrom } from './domain/picked.ts';
import type { BulkPorts as Ports } from './ports.ts';
import { type ChooseAgents, previewMany } from './preview.ts';

/** As a multiple choice sends it. */
const Ticked = z.string().max(mostOffered * 201);

const ChooseData = PickedFrom.extend({
  /** What was filled in before, where the card is drawn again. */
  agents: Ticked.optional(),
  for: Filled,
  pattern: Filled,
});

const PlanData = PickedFrom.extend({
  act: z.enum(bulkActs),
  /** Those that the card had boxes for, where the list had more. */
  offered: z.array(Id).max(mostOffered).optional(),
  agents: Ticked.default(''),
  for: Filled,
  pattern: Filled,
});

declare module '../../ui/action.ts' {
  interface Verbs {
    'bulk.choose': z.infer<typeof ChooseData>;
    'bulk.plan': z.infer<typeof PlanData>;
  }
}

const choose = defineAction('bulk.choose', {
  data: ChooseData,
  role: 'operator',
  title: 'Changing many agents',
  reads: true,
  run: async (ports: Ports, turn, { agents: ticked, for: lasts, pattern, ...from }) => {
    const { agents: matching } = await ports.fleets.matching(turn.scope, from.list?.filter ?? '');
    const agents = await listedOf(from, matching);
    if (agents.length === 0) throw refusal('changed', 'bulk.nobody-there');
    const offered = agents.filter(({ agent }) => mayBeOffered(agent.id)).slice(0, mostOffered);
    const ids = offered.map(({ agent }) => agent.id);
    const isTicked = ticked === undefined ? () => true : isMeant(ticked, undefined);
    const model = { from, count: agents.length, offered, filled: { lasts, pattern } };
    return reply(chooseCard({ ...model, ticked: new Set(ids.filter(isTicked)) }, turn.reader));
  },
});

/** Those that the card lists of what the filter matches: all, worst first; by machine those that share one. */
const listedOf = async (
  { machines }: Pick<PickedFrom, 'machines'>,
  matching: readonly AgentView[],
): Promise<readonly AgentView[]> =>
  machines === true ? (await machinesTwice(matching)).flat() : matching;

const plan = defineAction('bulk.plan', {
  data: PlanData,
  role: 'operator',
  title: 'Changing many agents',
  card: 'bulk.choose',
  run: async (ports: Ports, turn, data): Promise<Reply> => {
    const { act, list, machines, offered, agents: ticked, pattern } = data;
    if (act === 'delete') requireRole(turn.scope, 'admin', 'Deleting');
    if (act === 'rename' && pattern === undefined) throw refusal('bad-input', 'agent.name-missing');
    const isIn = isMeant(ticked, offered);
    const chosen: ChooseAgents = async (matching) => {
      const some = (await listedOf({ machines }, matching)).filter(({ agent }) => isIn(agent.id));
      if (some.length === 0) throw refusal('bad-input', 'bulk.nobody-ticked');
      return some;
    };
    const asked: AskedOfMany = {
      act,
      filter: list?.filter ?? '',
      ...(act === 'pause' && data.for !== undefined
        ? { timing: { kind: 'for', text: data.for } }
        : {}),
      ...(act === 'rename' ? optional('pattern', pattern) : {}),
    };
    return previewMany(ports, turn, asked, chosen);
  },
});

export const chooseActions = { 'bulk.choose': choose, 'bulk.plan': plan };
