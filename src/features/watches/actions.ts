import { z } from 'zod';
import { defineAction, Id } from '../../chat/define-action.ts';
import { type Roster, requireVoiceHere } from '../../chat/person.ts';
import { changeReply, reply, settingZone } from '../../chat/reply.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { asAppError } from '../../platform/errors.ts';
import { explain } from '../../ui/explanations/explain.ts';
import { requireFilterLength } from '../fleet/domain/filter.ts';
import type { AgentReader, FleetReader } from '../fleet/ports.ts';
import type { SilencesHere } from '../silence/ports.ts';
import { ruleText } from './cards/watch-line.ts';
import type { Watch, WatchRule } from './domain/watch.ts';
import { withEscalation } from './escalation.ts';
import { isFilledIn, WatchForm, watchFrom } from './form.ts';
import { watchNamed } from './parse.ts';
import type { WatchEditor, WatchPreviewer } from './ports.ts';
import { endedInList, watchChange, watchEnded, watchForm, watchMade } from './replies.ts';
import { type SuppressedPorts, suppressedAnswer } from './suppressed.ts';

interface Ports {
  readonly agents: Pick<AgentReader, 'recent'>;
  readonly clock: Clock;
  readonly previewer: WatchPreviewer;
  readonly roster: Roster;
  readonly watching: WatchEditor;
}

/** The list of watches counts agents, and says what is silent. */
type ListPorts = Ports &
  SuppressedPorts & { readonly fleets: FleetReader; readonly silences: SilencesHere };

const AgentData = z.object({ agent: Id });
const WatchData = z.object({ watch: Id });
/** From the list of watches it leads back there. */
const EndData = WatchData.extend({ list: z.boolean().optional() });
/** With the alert whose card it was pressed on, if any. */
const EditData = WatchForm.extend({ watch: Id, alert: Id.optional() });
const SuppressedData = z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1) });

declare module '../../ui/action.ts' {
  interface Verbs {
    'agent.watch': z.infer<typeof AgentData>;
    'watch.create': WatchForm;
    'watch.edit': z.infer<typeof EditData>;
    'watch.end': z.infer<typeof EndData>;
    'watch.test': z.infer<typeof WatchData>;
    'watches.suppressed': z.infer<typeof SuppressedData>;
  }
}

/** Of several agents of one name the watch would be about all: the form says so before anything is made. */
const watchAgent = defineAction('agent.watch', {
  data: AgentData,
  role: 'viewer',
  title: 'Watching',
  run: async (ports: Ports, turn, { agent: id }) => {
    requireVoiceHere(turn.scope, 'Watching');
    const { agent } = await ports.agents.recent(turn.scope.account, id);
    if (agent.distinction !== undefined)
      return reply(
        watchForm(ports, turn, undefined, {
          problem: 'Several agents have this name: the watch would be about all of them.',
          values: { filter: agent.name },
        }),
      );
    const made = await ports.watching.create(turn.scope, watchNamed(agent.name));
    return settingZone(
      await changeReply(watchChange(made), () => watchMade(ports, turn, made, false)),
    );
  },
});

const create = defineAction('watch.create', {
  data: WatchForm,
  role: 'viewer',
  title: 'Watching',
  run: async (ports: Ports, turn, form) => {
    requireVoiceHere(turn.scope, 'Watching');
    return fromForm(ports, turn, form, undefined, async (rule) => {
      const made = await ports.watching.create(turn.scope, rule);
      return settingZone(
        await changeReply(watchChange(made), () => watchMade(ports, turn, made, false)),
      );
    });
  },
});

const edit = defineAction('watch.edit', {
  data: EditData,
  role: 'viewer',
  title: 'Changing a watch',
  card: 'alert.show',
  run: async (ports: Ports, turn, { watch: id, alert: _, ...form }) => {
    requireVoiceHere(turn.scope, 'Changing a watch');
    const watch = await ports.watching.find(turn.scope, id);
    return fromForm(ports, turn, form, watch, async (rule) => {
      const changed = await ports.watching.change(turn.scope, id, rule);
      const auditedChange = { ...watchChange(changed), before: ruleText(watch.rule) };
      return changeReply(auditedChange, () => watchMade(ports, turn, changed, true));
    });
  },
});

const end = defineAction('watch.end', {
  data: EndData,
  role: 'viewer',
  title: 'Ending a watch',
  run: async (ports: ListPorts, turn, { watch, list }) => {
    requireVoiceHere(turn.scope, 'Ending a watch');
    const ended = await ports.watching.end(turn.scope, watch);
    return list === true ? endedInList(ports, turn, ended) : watchEnded(ports, turn, ended);
  },
});

const test = defineAction('watch.test', {
  data: WatchData,
  role: 'viewer',
  title: 'Testing a watch',
  run: async (ports: Ports, turn, { watch: id }) => {
    requireVoiceHere(turn.scope, 'Testing');
    const watch = await ports.watching.test(turn.scope, id);
    const card = await watchMade(ports, turn, watch, false);
    return reply({ ...card, summary: 'A test is on its way to this conversation.' });
  },
});

const suppressed = defineAction('watches.suppressed', {
  data: SuppressedData,
  role: 'viewer',
  title: 'Seeing what was held back',
  reads: true,
  run: async (ports: SuppressedPorts, turn, { page }) =>
    reply(await suppressedAnswer(ports, turn, page)),
});

/**
 * Opens an empty form, or submits a filled one. On 'bad-input' the form returns with its values.
 */
const fromForm = async (
  ports: Ports,
  turn: Turn,
  form: WatchForm,
  watch: Watch | undefined,
  act: (rule: WatchRule) => Promise<Reply>,
): Promise<Reply> => {
  if (!isFilledIn(form)) return reply(watchForm(ports, turn, watch));
  // Refused at once: a filter that long does not fit into the form again.
  requireFilterLength(form.filter ?? '');
  try {
    const typed = watchFrom(form, turn.scope.timeZone);
    return await act(await withEscalation(ports, turn, typed, watch?.rule));
  } catch (error) {
    const failure = asAppError(error);
    const { name } = failure.detail.reason ?? {};
    if (failure.code !== 'bad-input' && name !== 'person.not-here') throw failure;
    const { reason } = failure.detail;
    const problem = reason === undefined ? 'This cannot be read.' : explain(reason);
    return reply(watchForm(ports, turn, watch, { problem, values: valuesOf(form) }));
  }
};

const valuesOf = (form: WatchForm): Readonly<Record<string, string>> => ({
  filter: form.filter ?? '',
  bound: form.bound ?? 'none',
  below: form.below ?? '',
  limits: form.limits ?? '',
  offline: form.offline ?? 'false',
  after: form.after ?? '',
  remind: form.remind ?? '',
  escalateTo: form.escalateTo ?? '',
  escalateAfter: form.escalateAfter ?? '',
  quietFrom: form.quietFrom ?? '',
  quietTo: form.quietTo ?? '',
});

export const watchActions = {
  'agent.watch': watchAgent,
  'watch.create': create,
  'watch.edit': edit,
  'watch.end': end,
  'watch.test': test,
  'watches.suppressed': suppressed,
};
