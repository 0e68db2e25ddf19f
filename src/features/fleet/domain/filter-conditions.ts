import { fold } from '../../../shared/fold.ts';
import type { TextTest } from '../../../shared/text.ts';
import type { AgentView } from './agent-view.ts';
import { mayWait } from './known-agent.ts';

export type AgentTest = (view: AgentView) => boolean;

const dayMs = 86_400_000;

/** An agent that nobody has seen for so long is `is:stale`; one that never connected is not. */
const staleMs = 30 * dayMs;

/** What `is:` asks. */
export const states = {
  online: ({ agent }) => agent.online,
  offline: ({ agent }) => !agent.online,
  good: ({ statusWord }) => statusWord === 'good',
  fair: ({ statusWord }) => statusWord === 'fair',
  poor: ({ statusWord }) => statusWord === 'poor',
  unknown: ({ statusWord }) => statusWord === 'unknown',
  wifi: ({ agent }) => agent.wifi === true,
  vpn: ({ agent }) => agent.vpn === true,
  paused: ({ sessions }) => sessions.some(({ state }) => state === 'paused'),
  never: ({ agent: { online, lastSeen } }) => !online && lastSeen === 'never',
  waiting: ({ agent }) => mayWait(agent),
  stale: (view) => (ages.seen(view) ?? 0) > staleMs,
} as const satisfies Readonly<Record<string, AgentTest>>;

/** What `name:` and its like search; `text` is what free words search. */
export const texts = {
  text:
    (fits) =>
    ({ agent }) =>
      fits(agent.name) ||
      fits(agent.machineName) ||
      agent.customFields.some(({ value }) => fits(value)),
  name:
    (fits) =>
    ({ agent }) =>
      fits(agent.name),
  platform:
    (fits) =>
    ({ agent }) =>
      fits(agent.platform),
  target:
    (fits) =>
    ({ sessions }) =>
      sessions.some(({ name, address }) => fits(name) || fits(address)),
  ip:
    (fits) =>
    ({ agent: { address, network } }) =>
      fits(address) || fits(network?.address) || fits(network?.gateway),
} as const satisfies Readonly<Record<string, (fits: TextTest) => AgentTest>>;

/** What `score<70` and its like compare; nothing where it is not known. */
export const numbers = {
  score: ({ score }) => score,
  wifi: ({ agent: { wifi, network } }) => (wifi === true ? network?.signalPercent : undefined),
} as const satisfies Readonly<Record<string, (view: AgentView) => number | undefined>>;

/**
 * What `seen>30d` and its like compare, in ms. An agent that never connected was not seen at any time: it
 * must not be deleted as one that has been away for long.
 */
export const ages = {
  seen: ({ agent: { online, lastSeen }, at }) =>
    online ? 0 : typeof lastSeen === 'number' ? at - lastSeen : undefined,
  created: ({ agent: { createdAt }, at }) => (createdAt === undefined ? undefined : at - createdAt),
} as const satisfies Readonly<Record<string, (view: AgentView) => number | undefined>>;

export const comparisons = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  // People compare with what they see, and that is rounded.
  '=': (value, bound) => value === bound || Math.round(value) === bound,
} as const satisfies Readonly<Record<string, (value: number, bound: number) => boolean>>;

export const fieldTest = (field: string, fits: TextTest): AgentTest => {
  const wanted = fold(field);
  return ({ agent }) =>
    agent.customFields.some(({ name, value }) => fold(name) === wanted && fits(value));
};
