import { z } from 'zod';
import { defineAction, Id, TypedDuration, TypedFilter } from '../../chat/define-action.ts';
import { changeReply } from '../../chat/reply.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import { requireDuration, requireEnd } from '../../chat/typed-time.ts';
import type { Clock } from '../../platform/clock.ts';
import { type AuditedChange, refusal } from '../../platform/errors.ts';
import { readsAsTime } from '../../shared/moment.ts';
import { optional } from '../../shared/optional.ts';
import { formatDuration, parseDuration } from '../../shared/time.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import type { AgentReader, FleetReader } from '../fleet/ports.ts';
import { silenceCard } from './cards/silence.ts';
import { fromNow, planMaintenance } from './plan.ts';
import type { SilenceEditor, SilencePreviewer } from './ports.ts';

interface Ports {
  readonly agents: AgentReader;
  readonly clock: Clock;
  readonly fleets: FleetReader;
  readonly hiding: SilencePreviewer;
  readonly silences: SilenceEditor;
}

const MuteData = z.object({ agent: Id, for: TypedDuration });
/** An empty `agent` = all agents. */
const EndMuteData = z.object({ agent: z.string().max(200) });

/** Those that the card showed: what was planned since goes on. */
const EndMaintenanceData = z.object({ windows: z.array(Id).min(1).max(100) });

/** From now on; the time as it can be typed. */
const PlanData = z.object({ filter: TypedFilter.min(1), to: z.string().max(60) });

declare module '../../ui/action.ts' {
  interface Verbs {
    'maintenance.plan': z.infer<typeof PlanData>;
    'maintenance.end': z.infer<typeof EndMaintenanceData>;
    'agent.mute': z.infer<typeof MuteData>;
    'mute.end': z.infer<typeof EndMuteData>;
  }
}

const muteAgent = defineAction('agent.mute', {
  data: MuteData,
  role: 'operator',
  title: 'Muting',
  run: async (ports: Ports, turn, { agent, for: span }) => {
    const { now } = turn.reader;
    const ms = isTime(span)
      ? requireEnd({ kind: 'until', text: span }, turn.reader) - now
      : requireDuration(span);
    const view = await ports.agents.recent(turn.scope.account, agent);
    return muteReply(ports, turn, { id: agent, name: fullName(view.agent) }, ms);
  },
});

/** The agent card offers `tomorrow 08:00` beside durations. */
const isTime = (text: string): boolean => parseDuration(text) === undefined && readsAsTime(text);

const endMute = defineAction('mute.end', {
  data: EndMuteData,
  role: 'operator',
  title: 'Unmuting',
  run: async (ports: Ports, turn, { agent }) => {
    const named = agent === '' ? undefined : { id: agent, name: lastNameOf(ports, turn, agent) };
    return unmuteReply(ports, turn, named);
  },
});

/** From memory, so that a mute can end while PingPlotter is down or no longer knows the agent. */
const lastNameOf = ({ fleets }: Pick<Ports, 'fleets'>, { scope }: Turn, id: string): string => {
  const known = fleets.last(scope.account)?.agents.find(({ agent }) => agent.id === id);
  return known === undefined ? id : fullName(known.agent);
};

interface Muted {
  readonly id: string;
  readonly name: string;
}

/** Without an agent it mutes all. */
export const muteReply = async (
  { silences, clock, hiding }: Pick<Ports, 'silences' | 'clock' | 'hiding'>,
  { scope }: Turn,
  agent: Muted | undefined,
  ms: number,
): Promise<Reply> => {
  const { until } = await silences.mute(scope, [agent?.id ?? ''], ms);
  const reader = readerOf(scope, clock);
  const by = { by: scope.person.name, at: reader.now };
  const muted = { what: 'muted', until, ...by, ...optional('agent', agent) } as const;
  const auditedChange = { ...changedAgent(agent), after: `muted for ${formatDuration(ms)}` };
  return changeReply(auditedChange, async () => {
    const hidden = await hiding.hidden(scope, { agent: agent?.id ?? '' });
    return silenceCard({ ...muted, ...optional('hidden', hidden) }, reader);
  });
};

/** Without an agent it ends all mutes of the conversation. Throws 'changed' if there was none. */
export const unmuteReply = async (
  ports: Pick<Ports, 'silences' | 'clock' | 'fleets'>,
  turn: Turn,
  agent: Muted | undefined,
): Promise<Reply> => {
  const { scope } = turn;
  const ended =
    agent === undefined
      ? (await ports.silences.unmuteAll(scope)).map(({ agentId }) => agentId)
      : (await ports.silences.unmute(scope, agent.id))
        ? [agent.id]
        : [];
  if (ended.length === 0) throw refusal('changed', 'mute.none', optional('name', agent?.name));
  const reader = readerOf(scope, ports.clock);
  const by = { by: scope.person.name, at: reader.now };
  const names = ended.filter((id) => id !== '').map((id) => lastNameOf(ports, turn, id));
  const unmuted = { what: 'unmuted', ...by, ...optional('agent', agent), names } as const;
  const auditedChange = { ...changedAgent(agent), after: 'unmuted' };
  return changeReply(auditedChange, () => silenceCard(unmuted, reader));
};

const changedAgent = (agent: Muted | undefined): AuditedChange =>
  agent === undefined ? { detail: 'all agents' } : { agentId: agent.id, agentName: agent.name };

const planned = defineAction('maintenance.plan', {
  data: PlanData,
  role: 'operator',
  title: 'Planning a maintenance',
  run: async (ports: Ports, turn, wanted) => {
    const typed = fromNow(wanted);
    return changeReply(
      { after: 'planned', detail: typed },
      await planMaintenance(ports, turn, typed),
    );
  },
});

const endMaintenance = defineAction('maintenance.end', {
  data: EndMaintenanceData,
  role: 'operator',
  title: 'Ending a maintenance',
  run: async ({ silences, clock }: Ports, { scope }, { windows }) => {
    const ended = await silences.endMaintenance(scope, windows);
    if (ended.length === 0) throw refusal('changed', 'maintenance.none');
    const reader = readerOf(scope, clock);
    const filter = ended.map((window) => window.filter || 'all agents').join(', ');
    const by = { by: scope.person.name, at: reader.now };
    return changeReply({ after: 'ended', detail: filter }, () =>
      silenceCard({ what: 'maintenance-ended', filter, ...by }, reader),
    );
  },
});

export const silenceActions = {
  'agent.mute': muteAgent,
  'mute.end': endMute,
  'maintenance.plan': planned,
  'maintenance.end': endMaintenance,
};
