import { watchEndedCard } from '../../cards/watch-ended.ts';
import { ruleText } from '../../cards/watch-line.ts';
import type { Deed } from '../../core/audit-log.ts';
import { asAppError } from '../../core/errors.ts';
import { requireFilterLength } from '../../core/filter.ts';
import { type KeptWatch, nameWatch } from '../../core/kept-watch.ts';
import type { Reply } from '../../core/turn.ts';
import type { WatchRule } from '../../core/watch.ts';
import { isFilledIn, type WatchForm, watchFrom } from '../../core/watch-form.ts';
import { findWatch } from '../../use-cases/find-watch.ts';
import { changeWatch } from '../../use-cases/watch-change.ts';
import { createWatch } from '../../use-cases/watch-create.ts';
import { endWatch } from '../../use-cases/watch-end.ts';
import { testWatch } from '../../use-cases/watch-test.ts';
import { reply, tellDone } from '../answers.ts';
import { type BotPorts, readerOf, requireVoiceHere, type Turn } from '../turn.ts';
import { watchForm, watchMade } from '../watch-answers.ts';
import type { CardAction } from './action.ts';

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

export const watchEnded = (
  { clock }: BotPorts,
  { scope }: Turn,
  watch: KeptWatch,
): Promise<Reply> => {
  const reader = readerOf(scope, clock);
  const { number, rule } = nameWatch(watch);
  const ended = { watch: { number, rule }, by: scope.person.name, at: reader.now };
  const did = { before: ruleText(watch.rule), after: 'ended', detail: `watch ${number}` };
  return tellDone(did, () => watchEndedCard(ended, reader));
};

/** A watch that was made or changed, as the audit log tells it. */
export const watchDeed = ({ number, rule }: KeptWatch): Deed => ({
  after: ruleText(rule),
  detail: `watch ${number}`,
});

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
