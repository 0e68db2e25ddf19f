import type { AgentId } from '../../../platform/agent.ts';
import type { CardView, Reader } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import { execute, showsTo } from '../../../ui/action.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import { statement } from '../../../ui/plain-cards.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';

export interface ResumedModel {
  readonly agentId: AgentId;
  readonly agentName: string;
  /** The names of the targets; empty = all of the agent's. */
  readonly targets: readonly string[];
  /** Who had paused them. */
  readonly by: string;
  /** ms since 1970: when it was to be, and when it was. */
  readonly dueAt: number;
  readonly at: number;
  /** Why it could not be resumed, in a sentence. */
  readonly failed?: string;
}

/** A timed pause has ended. */
export const resumedCard: CardView<ResumedModel> = (model, reader) => {
  const { agentId, failed } = model;
  const line = whyText(model, reader);
  const mayResume = failed !== undefined && showsTo(reader, 'operator');
  return statement(
    {
      title: headline(model, markdownName),
      line,
      ...optional('sentence', failed),
      actions: [
        ...(mayResume && model.targets.length === 0
          ? [execute('Resume all', 'agent.resume', { agent: agentId })]
          : []),
        execute('Open', 'agent.show', { agent: agentId }),
      ],
    },
    dots([headline(model, plainName), line]),
  );
};

const shownTargets = 3;

const headline = (
  { agentName, targets, failed }: ResumedModel,
  name: (text: string, max: number) => string,
): string => {
  const named = targets.slice(0, shownTargets).map((target) => name(target, 40));
  const rest = targets.length - named.length;
  const all = rest > 0 ? [...named, counted(rest, 'more target')] : named;
  const who = name(agentName, 60);
  const what = all.length === 0 ? who : `${who} → ${all.join(', ')}`;
  return `${what} ${failed === undefined ? 'measures again' : 'could not be resumed'}`;
};

/** Up to there it is the poll's own delay. */
const punctualMs = 2 * 60_000;

const whyText = ({ by, dueAt, at, failed }: ResumedModel, reader: Reader): string =>
  dots([
    `paused by ${plainName(by)} until ${clock(dueAt, reader)}`,
    at - dueAt > punctualMs &&
      `${failed === undefined ? 'resumed' : 'tried'} only at ${clock(at, reader)}`,
  ]);
