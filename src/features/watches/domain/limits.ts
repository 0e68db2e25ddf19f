import { z } from 'zod';

const limit = z.number().positive().exactOptional();

/** From where on a measured value is bad: latency and jitter in ms, loss in % of the packets. At least one is set. */
export const Limits = z.object({ latency: limit, loss: limit, jitter: limit }).readonly();
export type Limits = z.infer<typeof Limits>;

export type LimitKind = keyof Limits;

export const limitKinds = ['latency', 'loss', 'jitter'] as const satisfies readonly LimitKind[];

/** More sessions would cost a poll too many calls (contract, Limits in watches). */
export const mostLimitedSessions = 200;

const units: Readonly<Record<LimitKind, string>> = { latency: 'ms', loss: '%', jitter: 'ms' };

/** `182 ms`; what is small keeps a digit. */
export const measuredText = (kind: LimitKind, value: number): string =>
  `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ${units[kind]}`;

/** `latency over 150 ms`, in the order of the kinds. */
export const limitWords = (limits: Limits): readonly string[] =>
  limitKinds.flatMap((kind) => {
    const most = limits[kind];
    return most === undefined ? [] : [`${kind} over ${most} ${units[kind]}`];
  });

/** `latency>150 loss>2`, as it is typed. */
export const typedLimits = (limits: Limits): string =>
  limitKinds
    .flatMap((kind) => (limits[kind] === undefined ? [] : `${kind}>${limits[kind]}`))
    .join(' ');
