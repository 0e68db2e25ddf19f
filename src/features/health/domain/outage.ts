import { z } from 'zod';
import type { ErrorCode } from '../../../platform/errors.ts';
import { optional } from '../../../shared/optional.ts';

/** Failed polls in a row that make the monitor blind (contract, Watches). */
const failuresToOutage = 3;
/** When so many of the agents that were online vanish in one poll, the monitor is suspected, not the agents. */
const vanishedShare = 0.8;
export const vanishedAtLeast = 5;
/** Of those that were online, so many must be again. */
const returnedShare = 0.5;

/** The same picture for this long is the truth (contract, Outages of the bot's own). */
const acceptedAfterMs = 15 * 60_000;
/** Nobody saw what lay between two reads further apart, and a clock may have been set: no more of it counts. */
const longestGapMs = acceptedAfterMs / 3;

/** Why no reading can be used: the statuses cannot be read, or all readings are too old or of a time to come. */
const UnmeasuredWhy = z.enum(['statuses', 'no-fresh']);
const Unmeasured = z
  .object({
    polls: z.number(),
    /** The first of them; ms since 1970. */
    since: z.number(),
    why: UnmeasuredWhy,
    /** Of the statuses: what they failed with. */
    code: z.string().exactOptional(),
  })
  .readonly();

/** Plain JSON. */
export const Outage = z
  .object({
    /** Failed polls in a row. */
    failures: z.number(),
    /**
     * Set while blind: since when, how many agents must be online for it to be over, and since when the
     * polls have shown the same suspected picture (ms since 1970).
     */
    blind: z
      .object({
        since: z.number(),
        until: z.number(),
        pictureSince: z.number().exactOptional(),
        /** When it was seen last. */
        pictureAt: z.number().exactOptional(),
      })
      .readonly()
      .exactOptional(),
    /** What the last poll failed with, while polls fail. */
    code: z.string().exactOptional(),
    /** Set while the key is refused. */
    keyWrongSince: z.number().exactOptional(),
    /** Polls in a row without one reading that can be used: agents are seen, their quality is not. */
    unmeasured: Unmeasured.exactOptional(),
  })
  .readonly();
export type Outage = z.infer<typeof Outage>;

/** Polls fail, or show what is not believed yet. */
export const seesNothing = ({ failures, blind, unmeasured }: Outage): boolean =>
  failures > 0 ||
  blind !== undefined ||
  (unmeasured !== undefined && unmeasured.polls < failuresToOutage);

/** Since when no reading could be used, once it has lasted for as many polls as an outage. */
export const blindToQualitySince = ({ unmeasured }: Outage): number | undefined =>
  unmeasured !== undefined && unmeasured.polls >= failuresToOutage ? unmeasured.since : undefined;

export const noOutage: Outage = { failures: 0 };

export type PollResult = { readonly ok: false; readonly code: ErrorCode } | ReadPoll;

/** A poll that read the fleet. */
export interface ReadPoll {
  readonly ok: true;
  readonly online: number;
  /** Agents that were online at the last good poll, and how many of them are not now. */
  readonly before: number;
  readonly lost: number;
  /** It shows what the last suspected picture showed. */
  readonly samePicture?: boolean;
  /** Set when no reading of the agents that are online can be used. */
  readonly unmeasured?: { readonly why: UnmeasuredWhy; readonly code?: ErrorCode };
}
type UnmeasuredWhy = z.infer<typeof UnmeasuredWhy>;

/** What people have to know, once each: a refused key concerns the admins, an outage every watching conversation. */
export interface OutageNotice {
  readonly kind: 'blind' | 'sighted' | 'key-wrong' | 'key-accepted';
  readonly to: 'watchers' | 'admins';
  readonly since: number;
  /** 'accepted': it ended because the picture stayed the same, not because the agents came back. */
  readonly why?: 'unreadable' | 'vanished' | 'accepted' | 'statuses' | 'no-fresh' | 'measured';
  /** With 'accepted': agents that were online, and how many of them are not now. */
  readonly before?: number;
  readonly lost?: number;
}

/** One poll. While `state.blind` is set, no single agent is evaluated. */
export const stepOutage = (
  before: Outage,
  poll: PollResult,
  now: number,
): {
  readonly state: Outage;
  readonly notices: readonly OutageNotice[];
  /** The suspected picture is the truth from now on: what it does not show is not there. */
  readonly accepted: boolean;
} => {
  const failures = poll.ok ? 0 : Math.min(before.failures + 1, failuresToOutage);
  const suspected = nextOutage(before, failures, poll, now);
  const accepted = poll.ok && isAccepted(suspected, now);
  const blind = accepted ? undefined : suspected;
  const keyWrongSince = keyWrong(before, poll) ? (before.keyWrongSince ?? now) : undefined;
  const state = {
    failures,
    ...optional('blind', blind),
    ...optional('code', poll.ok ? undefined : poll.code),
    ...optional('keyWrongSince', keyWrongSince),
    // While it is blind to all, nothing is said of quality.
    ...optional(
      'unmeasured',
      blind === undefined ? nextUnmeasured(before, poll, now) : before.unmeasured,
    ),
  };
  const notices = [
    ...keyNotices(before, state),
    ...outageNotices(before, state, poll, accepted),
    ...qualityNotices(before, state),
  ];
  return { state, notices, accepted };
};

/** The outage of a picture that another account has shown: the next whole poll ends it. */
export const outageOfAnotherAccount = ({ blind, ...rest }: Outage): Outage => ({
  ...rest,
  ...optional('blind', blind && { since: blind.since, until: 0 }),
});

const nextOutage = (
  { blind }: Outage,
  failures: number,
  poll: PollResult,
  now: number,
): Outage['blind'] => {
  if (!poll.ok) {
    if (failures < failuresToOutage) return blind;
    // Between two reads so far apart the picture may have been any.
    return { since: blind?.since ?? now, until: blind?.until ?? 0 };
  }
  const vanished = poll.lost >= vanishedAtLeast && poll.lost >= poll.before * vanishedShare;
  if (!vanished && (blind === undefined || poll.online >= blind.until)) return undefined;
  return {
    since: blind?.since ?? now,
    until: vanished ? Math.ceil(poll.before * returnedShare) : (blind?.until ?? 0),
    pictureSince: samePictureSince(blind, poll, now),
    pictureAt: now,
  };
};

/** A poll that failed says nothing of readings. */
const nextUnmeasured = (
  { unmeasured: before }: Outage,
  poll: PollResult,
  now: number,
): Outage['unmeasured'] => {
  if (!poll.ok) return before;
  if (poll.unmeasured === undefined) return undefined;
  const { why, code } = poll.unmeasured;
  const polls = Math.min((before?.polls ?? 0) + 1, failuresToOutage);
  return { polls, since: before?.since ?? now, why, ...optional('code', code) };
};

/** Only quality is not seen then: who is offline is notified as ever. */
const qualityNotices = (before: Outage, after: Outage): readonly OutageNotice[] => {
  const [since, sinceBefore] = [blindToQualitySince(after), blindToQualitySince(before)];
  if (since !== undefined && sinceBefore === undefined)
    return [
      {
        kind: 'blind',
        to: 'watchers',
        since,
        ...optional('why', after.unmeasured?.why),
      },
    ];
  if (since !== undefined || sinceBefore === undefined) return [];
  return [{ kind: 'sighted', to: 'watchers', since: sinceBefore, why: 'measured' }];
};

const samePictureSince = (
  blind: Outage['blind'],
  { samePicture = true }: { readonly samePicture?: boolean },
  now: number,
): number => {
  const since = blind?.pictureSince;
  // A time to come was written by a clock that has been set back since.
  if (!samePicture || since === undefined || since > now) return now;
  const gapMs = now - (blind?.pictureAt ?? since);
  return since + Math.max(0, gapMs - longestGapMs);
};

const isAccepted = (blind: Outage['blind'], now: number): boolean =>
  blind?.pictureSince !== undefined && now - blind.pictureSince >= acceptedAfterMs;

/** Only an answer shows that the key is accepted again; being unreachable shows nothing. */
const keyWrong = ({ keyWrongSince }: Outage, poll: PollResult): boolean =>
  !poll.ok && (poll.code === 'key-wrong' || keyWrongSince !== undefined);

const keyNotices = (before: Outage, after: Outage): readonly OutageNotice[] => {
  const since = after.keyWrongSince ?? before.keyWrongSince;
  if (since === undefined || before.keyWrongSince === after.keyWrongSince) return [];
  const kind = before.keyWrongSince === undefined ? 'key-wrong' : 'key-accepted';
  return [{ kind, to: 'admins', since }];
};

const outageNotices = (
  { blind: before }: Outage,
  { blind: after }: Outage,
  poll: PollResult,
  accepted: boolean,
): readonly OutageNotice[] => {
  if (before === undefined && after !== undefined)
    return [
      {
        kind: 'blind',
        to: 'watchers',
        since: after.since,
        why: poll.ok ? 'vanished' : 'unreadable',
      },
    ];
  if (before === undefined || after !== undefined) return [];
  const why =
    accepted && poll.ok ? { why: 'accepted' as const, before: poll.before, lost: poll.lost } : {};
  return [{ kind: 'sighted', to: 'watchers', since: before.since, ...why }];
};
