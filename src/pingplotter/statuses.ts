import type { AgentId, AgentStatus } from '../platform/agent.ts';
import { type AppError, asAppError, type ErrorCode } from '../platform/errors.ts';
import type { Statuses } from '../platform/pingplotter.ts';
import { inBatches } from './in-batches.ts';

/**
 * Reading an answer about 500 agents blocks the event loop only shortly. Two calls at once hide the network's
 * delay. Four cost a poll 8 % more CPU, since half-read answers outlive collections of garbage.
 */
const statusBatches = { size: 500, width: 2 };

/** These say nothing of the batch: the next call would fail the same way. */
const ofAllCalls: ReadonlySet<ErrorCode> = new Set([
  'key-wrong',
  'permission-missing',
  'rate-limited',
  'unreachable',
]);
/** After so many the others are not asked for: each takes its time to fail, and a poll must end. */
const mostFailures = 3;

/** Asks batch by batch. What one batch fails with is no word about the others; a refused key concerns all. */
export const readInBatches = async (
  ids: readonly AgentId[],
  read: (batch: readonly AgentId[]) => Promise<readonly AgentStatus[]>,
  signal: AbortSignal | undefined,
): Promise<Statuses> => {
  const statuses = new Map<AgentId, AgentStatus>();
  const unread = new Set<AgentId>();
  const failures: AppError[] = [];
  let answered = 0;
  await inBatches(ids, statusBatches, async (batch) => {
    const [first] = failures;
    if (first !== undefined && (ofAllCalls.has(first.code) || failures.length >= mostFailures)) {
      for (const id of batch) unread.add(id);
      return;
    }
    try {
      for (const status of await read(batch)) statuses.set(status.agentId, status);
      answered += 1;
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code === 'key-wrong' || signal?.aborted) throw error;
      failures.push(error);
      for (const id of batch) unread.add(id);
    }
  });
  const [first] = failures;
  if (first === undefined) return statuses;
  if (answered === 0) throw first;
  return Object.assign(statuses, { unread: { code: first.code, agents: unread } });
};
