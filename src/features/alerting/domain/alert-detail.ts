import { z } from 'zod';
import type { SessionId } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import { isPlace } from '../../diagnosis/domain/common-cause.ts';
import { Likely } from '../../diagnosis/domain/diagnosis.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import { fullName } from '../../fleet/domain/distinction.ts';
import type { StoredAlert } from '../store.ts';
import { Shown } from './alert-state.ts';
import type { AlertFacts } from './transition.ts';

/**
 * What an alert's card shows. It is stored with the alert, so that a card can be drawn at any time.
 */
export const AlertDetail = z
  .object({
    about: z.enum(['quality', 'offline']),
    /** The last known names of agent and target. They come from outside: escape them. */
    agentName: z.string(),
    target: z
      .object({ name: z.string(), address: z.string().exactOptional() })
      .readonly()
      .exactOptional(),
    /** `unsteady` = flapping, `gone` = the agent was deleted, `closed` = the target was closed. */
    state: z.enum(['open', 'unsteady', 'over', 'gone', 'closed']),
    /** With `gone`: it is not in the account that is read by now; nobody knows whether it was deleted. */
    anotherAccount: z.literal(true).exactOptional(),
    /** When the problem began, in ms since 1970. */
    since: z.number(),
    /** When `shown` was measured, in ms since 1970. */
    at: z.number(),
    shown: Shown,
    was: Shown.exactOptional(),
    /** The name of the expected quality definition. It comes from outside: escape it. */
    expected: z.string().exactOptional(),
    /** Like `Site Boise` or `Wi-Fi 38 %`. They come from outside: escape them. */
    circumstances: z.array(z.string()).readonly(),
    diagnosis: Likely.exactOptional(),
  })
  .readonly();
export type AlertDetail = z.infer<typeof AlertDetail>;

/** Whether the problem goes on, according to the last notification. */
export const isOpen = ({ state }: AlertDetail): boolean => state === 'open' || state === 'unsteady';

/** Undefined for a stored detail that cannot be read. */
export const readDetail = ({ detail }: Pick<StoredAlert, 'detail'>): AlertDetail | undefined =>
  AlertDetail.safeParse(detail).data;

/** The problem of one session, or of the agent itself if `sessionId` is ''. */
export const describeProblem = (
  view: AgentView,
  sessionId: SessionId | '',
  state: AlertDetail['state'],
  { since, at, shown, was }: AlertFacts,
  diagnosis: Likely | undefined,
): AlertDetail => {
  const session = view.sessions.find(({ id }) => id === sessionId);
  const target = session && { name: session.name, ...optional('address', session.address) };
  return {
    about: sessionId === '' ? 'offline' : 'quality',
    agentName: fullName(view.agent),
    ...optional('target', target),
    state,
    since,
    at,
    shown,
    ...optional('was', was),
    ...optional('expected', session?.expected?.name),
    circumstances: circumstancesOf(view),
    ...optional('diagnosis', diagnosis),
  };
};

const shownPlaces = 2;

const circumstancesOf = ({ agent }: AgentView): readonly string[] => {
  const { customFields, wifi, vpn, network } = agent;
  const signal = network?.signalPercent;
  const places = customFields
    .filter(({ name, value }) => isPlace({ kind: 'field', name, value }) && value.trim() !== '')
    .slice(0, shownPlaces)
    .map(({ name, value }) => `${name} ${value}`);
  return [
    ...places,
    ...(wifi === true ? [signal === undefined ? 'Wi-Fi' : `Wi-Fi ${signal} %`] : []),
    ...(vpn === true ? ['VPN'] : []),
  ];
};
