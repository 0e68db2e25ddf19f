import {
  type AppError,
  asAppError,
  type ErrorCode,
  type KeyPermission,
} from '../../platform/errors.ts';
import type { PingPlotter } from '../../platform/pingplotter.ts';
import { type Finding, reportOn } from './finding.ts';

const { good, bad, notChecked } = reportOn('PingPlotter key');

export interface KeyPorts {
  /** Undefined when the settings of the accounts are at fault. */
  readonly accounts:
    | readonly { readonly name: string; readonly pingPlotter: PingPlotter }[]
    | undefined;
  readonly newId: () => string;
}

const lists = 'lists agents';
const sessions = 'lists sessions';
const traces = 'reads trace data';
const others = 'other permissions';

const address =
  'Check PINGPLOTTER_SUBDOMAIN or PINGPLOTTER_BASE_URL (subdomain or baseUrl in ACCOUNTS_FILE), and that this machine may reach it.';
const later = 'Try again later; if it stays so, ask PingPlotter.';
const newKey =
  'Make a key in PingPlotter Cloud, Manage > API Access > Create, and set PINGPLOTTER_API_KEY, or what ACCOUNTS_FILE names.';

const mends: Readonly<Partial<Record<ErrorCode, string>>> = {
  'key-wrong': newKey,
  'permission-missing': newKey,
  'not-found': address,
  unreachable: address,
  timeout: `${address} PINGPLOTTER_TIMEOUT_MS is the deadline.`,
  'bad-answer': address,
  rejected: address,
};

const mendOf = ({ code, detail }: AppError): string =>
  detail.proxy === true
    ? 'The proxy made no connection. Check HTTPS_PROXY, its user and password, and NO_PROXY for hosts that are reached without it.'
    : (mends[code] ?? later);

/** What the bot cannot do without it. */
const needs = {
  TargetManagement: 'pause and resume',
  AgentManagement: 'rename, reconnect, create and delete',
} as const satisfies Partial<Record<KeyPermission, string>>;
type Permission = keyof typeof needs;
const permissions = [
  'TargetManagement',
  'AgentManagement',
] as const satisfies readonly Permission[];

/** What an agent that does not exist can be asked for without making or changing one. */
const probes: Readonly<
  Record<Permission, (pingPlotter: PingPlotter, agent: string) => Promise<void>>
> = {
  TargetManagement: (pingPlotter, agent) => pingPlotter.setSessions(agent, 'resume'),
  AgentManagement: (pingPlotter, agent) => pingPlotter.reconnect(agent),
};

/** Each account; where there are several, each finding says of which. */
export const checkKeys = async ({ accounts, newId }: KeyPorts): Promise<readonly Finding[]> => {
  if (accounts === undefined) return unlisted('its settings are at fault');
  const several = accounts.length > 1;
  const found = await Promise.all(
    accounts.map(async ({ name, pingPlotter }) =>
      (await checkKey(pingPlotter, newId)).map((finding) =>
        several ? { ...finding, subject: `${name}: ${finding.subject}` } : finding,
      ),
    ),
  );
  return found.flat();
};

const checkKey = async (
  pingPlotter: PingPlotter,
  newId: KeyPorts['newId'],
): Promise<readonly Finding[]> => {
  try {
    const { agents } = await pingPlotter.agents();
    return [
      good(lists, `${agents.length} agents`),
      await checkSessions(pingPlotter, agents[0]?.id),
      await checkTraces(pingPlotter, agents[0]?.id, newId()),
      ...(await Promise.all(permissions.map((one) => checkPermission(pingPlotter, one, newId())))),
      good(others, 'cannot be found out without changing something; the bot needs none'),
    ];
  } catch (error) {
    const failure = asAppError(error);
    return [
      bad(lists, saying(failure), mendOf(failure)),
      ...unlisted('PingPlotter did not list the agents').slice(1),
    ];
  }
};

const unlisted = (why: string): readonly Finding[] =>
  [lists, sessions, traces, ...permissions, others].map((subject) => notChecked(subject, why));

const saying = ({ code, message }: AppError): string =>
  code === 'key-wrong' ? `PingPlotter refuses the key (${message})` : message;

const checkSessions = async (
  pingPlotter: PingPlotter,
  agent: string | undefined,
): Promise<Finding> => {
  if (agent === undefined) return good(sessions, 'cannot be found out without an agent');
  try {
    return (await pingPlotter.sessions(agent)) === 'not permitted'
      ? good(sessions, 'not allowed: paused targets are those that the bot has seen itself')
      : good(sessions, 'allowed');
  } catch (error) {
    const failure = asAppError(error);
    return bad(sessions, failure.message, mendOf(failure));
  }
};

/** Of a time in which nothing was measured: what it says is whether the key may. */
const noTime = { from: 0, until: 300_000 };
const noTraces = 'history and evidence go by the bot’s own scores, and watches take no limits';

/** A session that does not exist says it too, unless PingPlotter looks for the session first. */
const checkTraces = async (
  pingPlotter: PingPlotter,
  agent: string | undefined,
  noSession: string,
): Promise<Finding> => {
  const listed = agent === undefined ? [] : await pingPlotter.sessions(agent).catch(() => []);
  const session = listed === 'not permitted' ? undefined : listed[0]?.id;
  try {
    await pingPlotter.trace(session ?? noSession, noTime);
    return good(traces, 'allowed');
  } catch (error) {
    const failure = asAppError(error);
    switch (failure.code) {
      case 'permission-missing':
        return good(
          traces,
          `not allowed: ${noTraces}`,
          'If history, evidence and limits shall be exact, make a key that may read trace data.',
        );
      case 'not-found':
        return session === undefined
          ? good(traces, 'not refused, as far as can be seen without a target')
          : good(traces, 'allowed');
      case 'rate-limited':
        return good(traces, 'allowed, but PingPlotter asks for a pause just now');
      default:
        return bad(traces, failure.message, mendOf(failure));
    }
  }
};

const checkPermission = async (
  pingPlotter: PingPlotter,
  permission: Permission,
  noAgent: string,
): Promise<Finding> => {
  const unknown = good(permission, 'cannot be found out without changing something');
  try {
    await probes[permission](pingPlotter, noAgent);
    return unknown;
  } catch (error) {
    const { code } = asAppError(error);
    if (code === 'permission-missing')
      return good(
        permission,
        `the key lacks it: the bot will not ${needs[permission].replace(' and ', ' or ')}`,
        `If it shall ${needs[permission]}, give the key ${permission}.`,
      );
    return code === 'not-found' || code === 'rejected'
      ? good(permission, `the key has it, to ${needs[permission]}`)
      : unknown;
  }
};
