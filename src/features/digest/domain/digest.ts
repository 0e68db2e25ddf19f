import type { AgentId, SessionId } from '../../../platform/agent.ts';
import { forgottenAfterMs } from '../../changes/domain/forgotten-pause.ts';
import { type AgentMark, type FleetSnapshot, fleetChanges } from '../../fleet/domain/snapshot.ts';
import type { QualityTime } from '../../history/domain/quality-time.ts';

/** An agent that has been offline for this long may no longer exist. */
const longOfflineMs = 7 * 24 * 60 * 60_000;

export interface LongPause {
  readonly agent: AgentId;
  readonly session: SessionId;
  readonly name: string;
  readonly by: string;
  readonly at: number;
}

export interface Digest {
  readonly from: number;
  readonly to: number;
  /** Ordered by time in Poor, then in Fair. Without the targets that were Good all the time. */
  readonly worst: readonly QualityTime[];
  readonly came: readonly AgentMark[];
  readonly gone: readonly AgentMark[];
  readonly neverConnected: readonly AgentMark[];
  readonly longOffline: readonly AgentMark[];
  readonly forgottenPauses: readonly LongPause[];
  /** All was Good, and the last digest listed the same agents and pauses. */
  readonly nothingChanged: boolean;
}

export interface DigestInput {
  readonly from: number;
  readonly to: number;
  /** Worst first. */
  readonly times: readonly QualityTime[];
  /** The fleet at the last digest; absent at the first. */
  readonly before: FleetSnapshot | undefined;
  readonly after: FleetSnapshot;
  readonly pauses: readonly LongPause[];
}

export const makeDigest = ({ from, to, times, before, after, pauses }: DigestInput): Digest => {
  const worst = times.filter(({ poorMs, fairMs }) => poorMs + fairMs > 0);
  const changed = (kind: 'came' | 'gone', marks: readonly AgentMark[]): readonly AgentMark[] => {
    const ids = new Set(changes.filter((one) => one.kind === kind).map(({ agent }) => agent));
    return marks.filter(({ id }) => ids.has(id));
  };
  const changes = fleetChanges(before, after);
  const troubles = troublesAt(after, pauses, to);
  const earlier = before && troublesAt(before, pauses, from);
  return {
    from,
    to,
    worst,
    came: changed('came', after.agents),
    gone: changed('gone', before?.agents ?? []),
    ...troubles,
    nothingChanged:
      earlier !== undefined &&
      worst.length === 0 &&
      changes.every(({ kind }) => kind === 'online' || kind === 'offline') &&
      sameOnes(troubles, earlier),
  };
};

type Troubles = Pick<Digest, 'neverConnected' | 'longOffline' | 'forgottenPauses'>;

const troublesAt = (
  { agents }: FleetSnapshot,
  pauses: readonly LongPause[],
  now: number,
): Troubles => ({
  neverConnected: agents.filter(({ lastSeen }) => lastSeen === 'never'),
  longOffline: agents.filter(
    ({ online, lastSeen }) =>
      !online && typeof lastSeen === 'number' && now - lastSeen > longOfflineMs,
  ),
  forgottenPauses: pauses.filter(({ at }) => now - at > forgottenAfterMs),
});

const sameOnes = (a: Troubles, b: Troubles): boolean => namesOf(a) === namesOf(b);

const namesOf = ({ neverConnected, longOffline, forgottenPauses }: Troubles): string =>
  JSON.stringify([
    neverConnected.map(({ id }) => id).sort(),
    longOffline.map(({ id }) => id).sort(),
    forgottenPauses.map(({ agent, session }) => `${agent}/${session}`).sort(),
  ]);
