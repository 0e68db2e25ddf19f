import { z } from 'zod';
import { defineAction, Id } from '../../chat/define-action.ts';
import { type Roster, requireVoiceHere } from '../../chat/person.ts';
import { changeReply, reply, settingZone } from '../../chat/reply.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { asAppError } from '../../platform/errors.ts';
import { explain } from '../../ui/explanations/explain.ts';
import { requireFilterLength } from '../fleet/domain/filter.ts';
import type { AgentReader, FleetReader } from '../fleet/ports.ts';
import type { SilencesHere } from '../silence/ports.ts';
import { agentToWatchCard } from './cards/agent-to-watch.ts';
import { ruleText } from './cards/watch-line.ts';
import type { Watch, WatchRule } from './domain/watch.ts';
import { withEscalation } from './escalation.ts';
import { isFilledIn, WatchForm, watchFrom } from './form.ts';
import { watchNamed } from './parse.ts';
import { type PreviewPorts, previewOf, wasShown } from './preview.ts';
import { endedInList, watchChange, watchEnded, watchForm, watchMade } from './replies.ts';
import { type SuppressedPorts, suppressedAnswer } from './suppressed.ts';

interface Ports extends PreviewPorts {
  readonly agents: Pick<AgentReader, 'recent'>;
  readonly clock: Clock;
  readonly roster: Roster;
}

/** The list of watches counts agents, and says what is silent. */
type ListPorts = Ports &
  SuppressedPorts & { readonly fleets: FleetReader; readonly silences: SilencesHere };

/** Without a token it shows what the watch would be; `form` opens it with other terms to choose. */
const AgentData = z.object({
  agent: Id,
  token: Id.optional(),
  form: z.boolean().optional(),
});
/** Without inputs it opens the form, without a token it shows what the watch would be. */
const CreateData = WatchForm.extend({ token: Id.optional() });
const WatchData = z.object({ watch: Id });
/** From the list of watches it leads back there. */
const EndData = WatchData.extend({ list: z.boolean().optional() });
/** With the alert whose card it was pressed on, if any. */
const EditData = CreateData.extend({ watch: Id, alert: Id.optional() });
const SuppressedData = z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1) });

declare module '../../ui/action.ts' {
  interface Verbs {
    'agent.watch': z.infer<typeof AgentData>;
    'watch.create': z.infer<typeof CreateData>;
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
  run: async (ports: Ports, turn, { agent: id, token, form }) => {
    requireVoiceHere(turn.scope, 'Watching');
    const { agent } = await ports.agents.recent(turn.scope.account, id);
    const shared = agent.distinction !== undefined;
    if (shared || form === true)
      return reply(
        watchForm(ports, turn, undefined, {
          ...(shared ? { problem: sharedName } : {}),
          values: { filter: agent.name },
        }),
      );
    const wanted = { verb: 'agent.watch', subject: id, rule: watchNamed(agent.name) } as const;
    if (await wasShown(ports, turn, wanted, token)) return saveNew(ports, turn, wanted.rule);
    const preview = await previewOf(ports, turn, wanted);
    return reply(agentToWatchCard({ agent, preview }, readerOf(turn.scope, ports.clock)));
  },
});

const sharedName = 'Several agents have this name: the watch would be about all of them.';

const saveNew = async (ports: Ports, turn: Turn, rule: WatchRule): Promise<Reply> => {
  const made = await ports.watching.create(turn.scope, rule);
  return settingZone(
    await changeReply(watchChange(made), () => watchMade(ports, turn, made, false)),
  );
};

const create = defineAction('watch.create', {
  data: CreateData,
  role: 'viewer',
  title: 'Watching',
  run: async (ports: Ports, turn, form) => {
    requireVoiceHere(turn.scope, 'Watching');
    return fromForm(ports, turn, form, undefined, (rule) => saveNew(ports, turn, rule));
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
 * Opens an empty form, shows what a filled one would be, and saves what was shown. On 'bad-input' the form
 * returns with its values.
 */
const fromForm = async (
  ports: Ports,
  turn: Turn,
  form: z.infer<typeof CreateData>,
  watch: Watch | undefined,
  act: (rule: WatchRule) => Promise<Reply>,
): Promise<Reply> => {
  if (!isFilledIn(form)) return reply(watchForm(ports, turn, watch));
  // Refused at once: a filter that long does not fit into the form again.
  requireFilterLength(form.filter ?? '');
  try {
    const typed = watchFrom(form, turn.scope.timeZone);
    const rule = await withEscalation(ports, turn, typed, watch?.rule);
    const verb = watch === undefined ? 'watch.create' : 'watch.edit';
    const wanted = { verb, subject: watch?.id ?? '', rule } as const;
    if (await wasShown(ports, turn, wanted, form.token)) return await act(rule);
    const preview = await previewOf(ports, turn, wanted);
    return reply(watchForm(ports, turn, watch, { preview, values: valuesOf(form) }));
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
