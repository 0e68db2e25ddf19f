import { usageError } from '../../chat/command-line.ts';
import { reply } from '../../chat/reply.ts';
import { type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { isWord, tokenize } from '../../shared/tokens.ts';
import { topCard } from './cards/top.ts';
import { type HistorySpan, historyPeriod } from './domain/period.ts';
import { type TopKind, type TopReader, topKinds } from './read-top.ts';
import { spanCalled } from './typed-history.ts';

export interface TopAsked {
  readonly kind: TopKind;
  readonly span: HistorySpan;
}

export interface ShowTopPorts {
  readonly tops: TopReader;
  readonly clock: Clock;
}

export const topUsage = 'top poor | flapping | offline [24h | 7d | 30d]';

/** Throws 'bad-input' for what is none of them. */
export const typedTop = (typed: string): TopAsked => {
  const [first, second, third] = tokenize(typed);
  const kind = topKinds.find((one) => isWord(first, one));
  if (kind === undefined) throw usageError(topUsage, typed);
  const span = second === undefined ? '7d' : spanCalled(second.value);
  if (span === undefined || third !== undefined)
    throw usageError(topUsage, typed.slice((span === undefined ? second : third)?.begin));
  return { kind, span };
};

export const topAnswer = async (
  ports: ShowTopPorts,
  { scope }: Turn,
  { kind, span }: TopAsked,
): Promise<Reply> => {
  const period = historyPeriod(span, ports.clock.now());
  const top = await ports.tops.read(scope.account, { kind, period });
  return reply(topCard(top, readerOf(scope, ports.clock)));
};
