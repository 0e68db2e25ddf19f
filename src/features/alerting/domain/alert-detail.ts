import { z } from 'zod';
import type { SessionId } from '../../../platform/agent.ts';
import { optional } from '../../../shared/optional.ts';
import { isPlace } from '../../diagnosis/domain/common-cause.ts';
import { Likely } from '../../diagnosis/domain/diagnosis.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import type { StoredAlert } from '../store.ts';
import { Shown } from './alert-state.ts';
import type { AlertFacts } from './transition.ts';

/** What an alert's card tells, kept with the alert so that the newest state can be told at any time. */
export const AlertDetail = z
  .object({
    about: z.enum(['quality', 'offline']),
    /** As the agent and the target were called last: outside text. */
    agentName: z.string(),
    target: z
      .object({ name: z.string(), address: z.string().exactOptional() })
      .readonly()
      .exactOptional(),
    /** `unsteady` = it changes too often to be told each time; `gone` = the agent was deleted; `closed` = the target was. */
    state: z.enum(['open', 'unsteady', 'over', 'gone', 'closed']),
    /** ms since 1970: when the problem began, and when what is shown was measured. */
    since: z.number(),
    at: z.number(),
    shown: Shown,
    was: Shown.exactOptional(),
    /** The name of the expected quality definition: outside text. */
    expected: z.string().exactOptional(),
    /** Site, Wi-Fi and the like, ready to be shown after `since`: outside text. */
    circumstances: z.array(z.string()).readonly(),
    diagnosis: Likely.exactOptional(),
  })
  .readonly();
export type AlertDetail = z.infer<typeof AlertDetail>;

/** Whether its problem goes on, as far as people were told. */
export const isOpen = ({ state }: AlertDetail): boolean => state === 'open' || state === 'unsteady';

/** Nothing for a detail that cannot be read. */
export const readDetail = ({ detail }: Pick<StoredAlert, 'detail'>): AlertDetail | undefined =>
  AlertDetail.safeParse(detail).data;

/** What an alert's card tells of an agent (session ''), or of one of its sessions. */
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
    agentName: view.agent.name,
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

/** Like `Site Boise`, `Wi-Fi 38 %`, `VPN`: outside text in it. */
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
