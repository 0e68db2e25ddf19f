import { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import { optional } from './optional.ts';

/** Failed sweeps in a row that make the monitor blind (contract, Watches). */
const failuresToBlind = 3;
/** When so many of the agents that were online vanish in one sweep, the monitor is suspected, not the agents. */
const vanishedShare = 0.8;
const vanishedAtLeast = 5;
/** Of those that were online, so many must be again. */
const returnedShare = 0.5;

/** Plain JSON. */
export const Blindness = z
  .object({
    /** Failed sweeps in a row. */
    failures: z.number(),
    /** Set while blind: since when, and how many agents must be online for it to be over. */
    blind: z.object({ since: z.number(), until: z.number() }).readonly().exactOptional(),
    /** Set while the key is refused. */
    keyWrongSince: z.number().exactOptional(),
  })
  .readonly();
export type Blindness = z.infer<typeof Blindness>;

export const sighted: Blindness = { failures: 0 };

export type SweepResult =
  | { readonly ok: false; readonly code: ErrorCode }
  | {
      readonly ok: true;
      readonly online: number;
      /** Agents that were online at the last good sweep, and how many of them are not now. */
      readonly before: number;
      readonly lost: number;
    };

/** What has to be told, once each; the key is the admins' affair, blindness that of every watching conversation. */
export interface BlindnessNotice {
  readonly kind: 'blind' | 'sighted' | 'key-wrong' | 'key-accepted';
  readonly to: 'watchers' | 'admins';
  readonly since: number;
  readonly why?: 'unreadable' | 'vanished';
}

/** One sweep. While `state.blind` is set, nothing about single agents is judged or told. */
export const stepBlindness = (
  before: Blindness,
  sweep: SweepResult,
  now: number,
): { readonly state: Blindness; readonly notices: readonly BlindnessNotice[] } => {
  const failures = sweep.ok ? 0 : Math.min(before.failures + 1, failuresToBlind);
  const blind = nextBlind(before, failures, sweep, now);
  const keyWrongSince = keyWrong(before, sweep) ? (before.keyWrongSince ?? now) : undefined;
  const state = {
    failures,
    ...optional('blind', blind),
    ...optional('keyWrongSince', keyWrongSince),
  };
  return { state, notices: [...keyNotices(before, state), ...sightNotices(before, state, sweep)] };
};

const nextBlind = (
  { blind }: Blindness,
  failures: number,
  sweep: SweepResult,
  now: number,
): Blindness['blind'] => {
  if (!sweep.ok)
    return blind ?? (failures === failuresToBlind ? { since: now, until: 0 } : undefined);
  const vanished = sweep.lost >= vanishedAtLeast && sweep.lost >= sweep.before * vanishedShare;
  if (vanished)
    return { since: blind?.since ?? now, until: Math.ceil(sweep.before * returnedShare) };
  return blind !== undefined && sweep.online < blind.until ? blind : undefined;
};

/** Only an answer shows that the key is accepted again; being unreachable shows nothing. */
const keyWrong = ({ keyWrongSince }: Blindness, sweep: SweepResult): boolean =>
  !sweep.ok && (sweep.code === 'key-wrong' || keyWrongSince !== undefined);

const keyNotices = (before: Blindness, after: Blindness): readonly BlindnessNotice[] => {
  const since = after.keyWrongSince ?? before.keyWrongSince;
  if (since === undefined || before.keyWrongSince === after.keyWrongSince) return [];
  const kind = before.keyWrongSince === undefined ? 'key-wrong' : 'key-accepted';
  return [{ kind, to: 'admins', since }];
};

const sightNotices = (
  { blind: before }: Blindness,
  { blind: after }: Blindness,
  { ok }: SweepResult,
): readonly BlindnessNotice[] => {
  if (before === undefined && after !== undefined)
    return [
      { kind: 'blind', to: 'watchers', since: after.since, why: ok ? 'vanished' : 'unreadable' },
    ];
  return before !== undefined && after === undefined
    ? [{ kind: 'sighted', to: 'watchers', since: before.since }]
    : [];
};
