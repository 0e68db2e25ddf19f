import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import { execute } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import { whyUnread } from '../../../ui/explanations/unread.ts';
import { counted, dots, run, small, type TextRun } from '../../../ui/rich-text.ts';
import { stateCell, stateText } from '../../../ui/status.ts';
import { ago, clock } from '../../../ui/time.ts';
import { fullName } from '../../fleet/domain/distinction.ts';
import { shownReading } from '../../fleet/domain/quality.ts';
import { reach } from '../domain/reach.ts';
import type { Explanation } from '../explain.ts';
import { diagnosisRuns } from './likely.ts';
import source from './why.json' with { type: 'json' };
import { whyFacts } from './why-facts.ts';

const fill = template(source);

/** Where an agent, or one of its targets, is likely broken; of one that is not bad, what it is instead. */
export const whyCard: CardView<Explanation> = (model, reader): Card => {
  const { view, session, facts, isAlone } = model;
  const { agent } = view;
  const line = lineOf(model, reader);
  const data = { agent: agent.id, ...optional('session', session?.id) };
  const summary = line.map(({ text }) => text).join('');
  return fill(
    {
      title: `Why ${markdownName(fullName(agent))}${session === undefined ? '' : ` → ${markdownName(session.name)}`}`,
      about: [small(aboutText(model, reader))],
      ...stateOf(model),
      line,
      facts: facts === undefined ? [] : whyFacts(facts),
      hasFacts: facts !== undefined,
      notes: isAlone === true ? [{ inlines: [small(aloneText)] }] : [],
      actions: [
        execute('Open', 'agent.show', { agent: agent.id }),
        execute('Refresh', 'diagnosis.show', data),
      ],
    },
    dots([plainName(fullName(agent)), summary]),
  );
};

const aloneText = 'The fleet cannot be read now, so it is compared with nobody.';

const stateOf = ({ view, session, state }: Explanation) => {
  const reading = session && shownReading(session);
  if (state === 'template') return { state: '', color: 'Default', isSubtle: true };
  if ((state === 'bad' || state === 'healthy') && reading !== undefined)
    return stateCell(reading.word, reading.score);
  return stateCell(
    state === 'unmeasured' ? 'unknown' : state === 'paused' ? 'paused' : view.statusWord,
    undefined,
  );
};

const aboutText = ({ view, session, state }: Explanation, reader: Reader): string => {
  const { lastSeen } = view.agent;
  const at = session && shownReading(session)?.measuredAt;
  if (state === 'offline' && typeof lastSeen === 'number')
    return `offline since ${clock(lastSeen, reader)}`;
  return at === undefined ? clock(reader.now, reader) : `measured ${ago(at, reader)}`;
};

const lineOf = (model: Explanation, reader: Reader): readonly TextRun[] => {
  const { diagnosed, session } = model;
  const likely = diagnosed === undefined ? [] : diagnosisRuns(diagnosed, session);
  return likely.length > 0 ? likely : [run(notBad(model, reader))];
};

/** Nothing is wrong with it, or nobody knows: then there is no cause to name. */
const notBad = ({ view, session, state }: Explanation, reader: Reader): string => {
  const target = session === undefined ? '' : plainName(session.name, 40);
  switch (state) {
    case 'healthy':
      return healthy(view, target);
    case 'paused':
      return `${target} is paused, so it is not measured.`;
    case 'never':
      return 'It has never been connected, so there is nothing to explain.';
    case 'template':
      return 'It measures nothing: it is a template, or deleted.';
    default:
      return unmeasured(view, session, target, reader);
  }
};

const healthy = (view: Explanation['view'], target: string): string => {
  const reaches = view.sessions.map(reach).filter((one) => one !== undefined);
  const bad = reaches.filter((one) => one === 'badly').length;
  if (bad > 0)
    return `Nothing is wrong with ${target} now; ${counted(bad, 'other target')} of it ${bad === 1 ? 'is' : 'are'} bad.`;
  const targets = reaches.length === 1 ? 'target' : `${reaches.length} targets`;
  return `It is healthy: nothing is wrong with its ${targets}, so there is nothing to explain.`;
};

const unmeasured = (
  { unread }: Explanation['view'],
  session: Explanation['session'],
  target: string,
  reader: Reader,
): string => {
  if (unread?.scores !== undefined) return `Its scores are unknown: ${whyUnread(unread.scores)}.`;
  if (session === undefined) return 'It has no targets, so nothing is measured.';
  const reading = shownReading(session);
  return reading?.measuredAt === undefined
    ? `${target} has no data yet, so nobody knows whether anything is wrong.`
    : `${target} was last measured ${ago(reading.measuredAt, reader)} (${stateText(reading.word, reading.score)}), too long ago to say what is wrong now.`;
};
