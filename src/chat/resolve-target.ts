import { refusal } from '../platform/errors.ts';
import type { Logger } from '../platform/log.ts';
import { begunName, findByName, type NameSearch } from '../shared/names.ts';
import { optional } from '../shared/optional.ts';
import { asTyped } from '../shared/text.ts';
import { dots } from '../ui/rich-text.ts';
import { whichCard } from '../ui/which.ts';
import { privateReply } from './reply.ts';
import {
  type AgentFinder,
  type Choice,
  knownAs,
  most,
  type NamedAgent,
  type Question,
  showChoice,
  wordsBehind,
} from './resolve-agent.ts';
import type { Reply, Turn } from './turn.ts';

/** A target of one agent, by what people call it. */
export interface NamedTarget {
  readonly id: string;
  readonly name: string;
  readonly alsoKnownAs?: readonly string[];
}

interface WithSessions {
  readonly sessions: readonly {
    readonly id: string;
    readonly name: string;
    readonly address?: string | undefined;
  }[];
}

export const targetsOf = ({ sessions }: WithSessions): readonly NamedTarget[] =>
  sessions.map(({ id, name, address }) => ({
    id,
    name,
    ...optional('alsoKnownAs', address === undefined ? undefined : [address]),
  }));

/** Nothing where the agent cannot be read: one of several must not keep the others from being offered. */
export const findTargetIfRead = async (
  log: Logger,
  read: () => Promise<WithSessions>,
  target: string,
): Promise<NameSearch<NamedTarget> | undefined> => {
  try {
    return findByName(target, targetsOf(await read()));
  } catch (error) {
    log.info('targets.unreadable', { error });
    return undefined;
  }
};

/** The row of an agent that has not the one target: it can be looked at only. */
export const choiceWithoutTarget = (
  agent: NamedAgent,
  target: string,
  found: NameSearch<NamedTarget> | undefined,
): Choice => {
  const why = found?.kind === 'many' ? 'several targets match' : 'no target';
  const label =
    found === undefined ? 'its targets cannot be read now' : `${why} ${asTyped(target)}`;
  return showChoice(agent, dots([label, knownAs(agent)]));
};

export const askWhichTarget = (
  { reader }: Turn,
  agent: NamedAgent,
  target: string,
  found: readonly NamedTarget[],
  choiceOf: (target: NamedTarget) => Choice,
  input?: Question['input'],
): Reply =>
  privateReply(
    whichCard(
      {
        question: `Which target of ${asTyped(agent.name)} do you mean by ${asTyped(target)}?`,
        choices: found.slice(0, most).map(choiceOf),
        more: Math.max(0, found.length - most),
        ...optional('input', input),
      },
      reader,
    ),
  );

/** Leads to the agent's card. Throws 'bad-input' where only the words behind the target mean nothing. */
export const noSuchTarget = (
  { reader }: Turn,
  agent: NamedAgent,
  target: string,
  targets: readonly NamedTarget[],
  { usage, acts }: { readonly usage: string; readonly acts: boolean },
): Reply => {
  const begun = begunName(target, targets);
  if (begun !== undefined) throw wordsBehind(begun, usage);
  const names = targets.map(({ name }) => name).join(', ');
  const end = acts ? ', so nothing was done.' : '.';
  return privateReply(
    whichCard(
      {
        question: `${asTyped(agent.name)} has no target called ${asTyped(target)}${end}`,
        choices: [showChoice(agent, names === '' ? 'It has no targets' : `Its targets: ${names}`)],
        more: 0,
      },
      reader,
    ),
  );
};

/** `lax-12/crm`, as the grammar reads it unless another reading alone is possible. Throws where several are. */
export const chooseSlashReading = async <R extends { readonly agent: string }>(
  finder: AgentFinder,
  account: string,
  grammar: R,
  slashed: readonly R[],
): Promise<R> => {
  if (slashed.length === 0) return grammar;
  const [first, ...others] = await finder.readingsOfPart(account, [grammar, ...slashed]);
  if (first === undefined || first === grammar) return grammar;
  if (others.length === 0) return first;
  throw refusal('bad-input', 'agent.slash-unclear', { typed: grammar.agent });
};
