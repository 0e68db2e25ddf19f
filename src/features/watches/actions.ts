import type { BotPorts } from '../../app.ts';
import type { CardAction } from '../../chat/define-action.ts';
import { requireVoiceHere } from '../../chat/person.ts';
import { reply, tellDone } from '../../chat/reply.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import { asAppError } from '../../platform/errors.ts';
import { requireFilterLength } from '../fleet/domain/filter.ts';
import { ruleText } from './cards/watch-line.ts';
import type { KeptWatch, WatchRule } from './domain/watch.ts';
import { isFilledIn, type WatchForm, watchFrom } from './form.ts';
import { watchDeed, watchEnded, watchForm, watchMade } from './replies.ts';
import { changeWatch, createWatch, endWatch, findWatch, testWatch } from './watches.ts';

export const create: CardAction<'watch.create'> = {
  role: 'viewer',
  run: async (ports, turn, form) => {
    requireVoiceHere(turn.scope, 'Watching');
    return fromForm(ports, turn, form, undefined, async (rule) => {
      const made = await createWatch(ports)(turn.scope, rule);
      return tellDone(watchDeed(made), () => watchMade(ports, turn, made, false));
    });
  },
};

export const edit: CardAction<'watch.edit'> = {
  role: 'viewer',
  run: async (ports, turn, { watch: id, ...form }) => {
    requireVoiceHere(turn.scope, 'Changing a watch');
    const watch = await findWatch(ports)(turn.scope, id);
    return fromForm(ports, turn, form, watch, async (rule) => {
      const changed = await changeWatch(ports)(turn.scope, id, rule);
      const did = { ...watchDeed(changed), before: ruleText(watch.rule) };
      return tellDone(did, () => watchMade(ports, turn, changed, true));
    });
  },
};

export const end: CardAction<'watch.end'> = {
  role: 'viewer',
  run: async (ports, turn, { watch }) => {
    requireVoiceHere(turn.scope, 'Ending a watch');
    return watchEnded(ports, turn, await endWatch(ports)(turn.scope, watch));
  },
};

export const test: CardAction<'watch.test'> = {
  role: 'viewer',
  run: async (ports, turn, { watch: id }) => {
    requireVoiceHere(turn.scope, 'Testing');
    const watch = await testWatch(ports)(turn.scope, id);
    const card = await watchMade(ports, turn, watch, false);
    return reply({ ...card, summary: 'A test is on its way to this conversation.' });
  },
};

/** Opens the form, or does what it says; what cannot be read stays filled in, with the reason. */
const fromForm = async (
  ports: BotPorts,
  turn: Turn,
  form: WatchForm,
  watch: KeptWatch | undefined,
  act: (rule: WatchRule) => Promise<Reply>,
): Promise<Reply> => {
  if (!isFilledIn(form)) return reply(watchForm(ports, turn, watch));
  // The form could not show it again.
  requireFilterLength(form.filter ?? '');
  try {
    return await act(watchFrom(form, turn.scope.timeZone));
  } catch (error) {
    const failure = asAppError(error);
    if (failure.code !== 'bad-input') throw failure;
    const problem = failure.detail.explanation ?? 'This cannot be read.';
    return reply(watchForm(ports, turn, watch, { problem, values: valuesOf(form) }));
  }
};

const valuesOf = (form: WatchForm): Readonly<Record<string, string>> => ({
  filter: form.filter ?? '',
  bound: form.bound ?? 'none',
  below: form.below ?? '',
  offline: form.offline ?? 'false',
  after: form.after ?? '',
  quietFrom: form.quietFrom ?? '',
  quietTo: form.quietTo ?? '',
});
