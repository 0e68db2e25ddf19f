import { z } from 'zod';
import { Likely } from '../../diagnosis/domain/diagnosis.ts';
import { isPlace } from '../../diagnosis/domain/traits.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { StoredAlert } from '../store.ts';
import { Shown } from './alert-state.ts';
import { readFormerDetail } from './former-detail.ts';
import { JustBefore } from './just-before.ts';

/** It did not come when its hours began. */
const Missing = z
  .object({
    /** When they began, in ms since 1970. */
    from: z.number(),
    /** Whether somebody set them; else they were learned. */
    isSet: z.boolean(),
  })
  .readonly();
export type Missing = z.infer<typeof Missing>;

/** One bad target of the agent, or its being offline. */
export const AlertRow = z
  .object({
    /** '' = the agent itself, which is offline. */
    sessionId: z.string(),
    /** The watches by which it is a problem. */
    watchIds: z.array(z.string()).readonly(),
    /** Comes from outside: escape it. */
    target: z
      .object({ name: z.string(), address: z.string().exactOptional() })
      .readonly()
      .exactOptional(),
    /** 'unsteady' = flapping, 'closed' = the target was closed, 'usual' = it is away as usual. */
    state: z.enum(['open', 'unsteady', 'over', 'closed', 'usual', 'unwatched']),
    /** When the problem began, in ms since 1970. */
    since: z.number(),
    /** When `shown` was measured, in ms since 1970. */
    at: z.number(),
    shown: Shown,
    was: Shown.exactOptional(),
    missing: Missing.exactOptional(),
    /** The name of the expected quality definition. It comes from outside: escape it. */
    expected: z.string().exactOptional(),
  })
  .readonly();
export type AlertRow = z.infer<typeof AlertRow>;

/**
 * What an alert's card shows of one agent in one conversation. It is stored with the alert, so that
 * a card can be drawn at any time.
 */
export const AlertDetail = z
  .object({
    /** The last known name of the agent. It comes from outside: escape it. */
    agentName: z.string(),
    /**
     * `gone` = the agent was deleted, `closed` = its last bad target was closed, `usual` = by hours that were
     * not known when it began it is away as usual, `unwatched` = no watch matches it any more, `merged` = another
     * alert of the agent shows it.
     */
    state: z.enum(['open', 'over', 'gone', 'closed', 'usual', 'unwatched', 'merged']),
    /** With `gone`: it is not in the account that is read by now; nobody knows whether it was deleted. */
    anotherAccount: z.literal(true).exactOptional(),
    /** At least one, the worst first. */
    rows: z.array(AlertRow).min(1).readonly(),
    /** How many targets the agent traces. */
    targets: z.number(),
    /** What the last message showed of it. */
    notified: Shown,
    /** When it was first seen clearly worse than that, in ms since 1970. */
    worseAt: z.number().exactOptional(),
    /** It ended while a silence lasted: the message of its end is still to come. */
    endDue: z.literal(true).exactOptional(),
    /** When it ended, in ms since 1970. */
    endedAt: z.number().exactOptional(),
    /** Like `Site Boise` or `Wi-Fi 38 %`. They come from outside: escape them. */
    circumstances: z.array(z.string()).readonly(),
    diagnosis: Likely.exactOptional(),
    /** The diagnosis found none. */
    noCause: z.literal(true).exactOptional(),
    /** The nearest change before it began. */
    justBefore: JustBefore.exactOptional(),
  })
  .readonly();
export type AlertDetail = z.infer<typeof AlertDetail>;

/** Whether the problem goes on. */
export const isOpen = ({ state }: Pick<AlertDetail, 'state'>): boolean => state === 'open';

export const isOpenRow = ({ state }: Pick<AlertRow, 'state'>): boolean =>
  state === 'open' || state === 'unsteady';

export const openRows = ({ rows }: Pick<AlertDetail, 'rows'>): readonly AlertRow[] =>
  rows.filter(isOpenRow);

/** Several ask for the same detail in a poll, and the store gives the same again while nothing changes. */
const read = new WeakMap<object, AlertDetail>();

/** Undefined for a stored detail that cannot be read. */
export const readDetail = (
  alert: Pick<StoredAlert, 'detail' | 'watchId' | 'sessionId'>,
): AlertDetail | undefined => {
  const { detail } = alert;
  const known = isObject(detail) ? read.get(detail) : undefined;
  if (known !== undefined) return known;
  const { data } = AlertDetail.safeParse(detail);
  if (data === undefined) return readFormerDetail(alert);
  if (isObject(detail)) read.set(detail, data);
  return data;
};

/** The bot itself has made this detail: it need not be read by its schema. */
export const noteMade = (detail: AlertDetail): void => {
  read.set(detail, detail);
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The one that stands for the alert: the worst that goes on, or else the worst of all. */
export const worstRow = (rows: readonly AlertRow[]): AlertRow | undefined =>
  (rows.some(isOpenRow) ? rows.filter(isOpenRow) : rows).toSorted(worstFirst)[0];

/** When the oldest problem of the alert began, in ms since 1970. */
export const sinceOf = ({ rows }: Pick<AlertDetail, 'rows'>): number =>
  Math.min(...(rows.some(isOpenRow) ? rows.filter(isOpenRow) : rows).map(({ since }) => since));

/** What goes on comes first, then being offline, then the word, then the score. */
export const worstFirst = (a: AlertRow, b: AlertRow): number =>
  Number(isOpenRow(b)) - Number(isOpenRow(a)) || compareShown(a.shown, b.shown);

/** Negative if the first is worse. */
export const compareShown = (a: Shown, b: Shown): number =>
  severity(b) - severity(a) || (a.score ?? 101) - (b.score ?? 101);

/** How bad a word is; the highest is the worst. */
export const severity = ({ word }: Shown): number => severities.indexOf(word);

const severities: readonly Shown['word'][] = [
  'online',
  'good',
  'unknown',
  'fair',
  'poor',
  'offline',
];

const shownPlaces = 2;

/** Where the agent is and how it is connected. */
export const circumstancesOf = ({ agent }: AgentView): readonly string[] => {
  const { customFields, wifi, vpn, network } = agent;
  const signal = network?.signalPercent;
  const places = customFields
    .filter(({ name, value }) => isPlace({ kind: 'field', name }) && value.trim() !== '')
    .slice(0, shownPlaces)
    .map(({ name, value }) => `${name} ${value}`);
  return [
    ...places,
    ...(wifi === true ? [signal === undefined ? 'Wi-Fi' : `Wi-Fi ${signal} %`] : []),
    ...(vpn === true ? ['VPN'] : []),
  ];
};

/** Its active targets. */
export const countTargets = ({ sessions }: AgentView): number =>
  sessions.filter(({ state }) => state === 'active').length;

/** Name and expected quality of a session, as far as the agent still has it. */
export const describeTarget = (
  view: AgentView | undefined,
  sessionId: string,
): Pick<AlertRow, 'target' | 'expected'> => {
  const session = view?.sessions.find(({ id }) => id === sessionId);
  if (session === undefined) return {};
  const { name, address, expected } = session;
  const target = address === undefined ? { name } : { name, address };
  return expected === undefined ? { target } : { target, expected: expected.name };
};
