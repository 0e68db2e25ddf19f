import type { SessionId } from '../core/agent.ts';
import type { AlertDetail } from '../core/alert-detail.ts';
import { isPlace } from '../core/common-cause.ts';
import { diagnose } from '../core/diagnosis.ts';
import { diagnosisFacts } from '../core/diagnosis-facts.ts';
import { optional } from '../core/optional.ts';
import type { AgentView } from '../core/overview.ts';
import type { Account } from './decide.ts';

type Diagnosis = NonNullable<AlertDetail['diagnosis']>;

/** What an alert's card tells of an agent (session ''), or of one of its sessions. */
export const describeProblem = (
  view: AgentView,
  sessionId: SessionId | '',
  state: AlertDetail['state'],
  { since, at, shown, was }: Account,
  diagnosis: Diagnosis | undefined,
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

/** One look at the whole fleet each: more of them at once would hold up everybody else. */
const mostDiagnoses = 10;

/** Says why something is bad, from what the whole fleet sees now; the first problems of a sweep only. */
export const createDiagnoses = (
  fleet: () => readonly AgentView[],
): ((view: AgentView, sessionId: SessionId | '') => Diagnosis | undefined) => {
  const made = new Map<string, Diagnosis | undefined>();
  return (view, sessionId) => {
    const key = `${view.agent.id}/${sessionId}`;
    if (!made.has(key) && made.size < mostDiagnoses)
      made.set(key, diagnosisOf(view, sessionId, fleet()));
    return made.get(key);
  };
};

const diagnosisOf = (
  view: AgentView,
  sessionId: SessionId | '',
  fleet: readonly AgentView[],
): Diagnosis | undefined => {
  const { likely, because } = diagnose(
    diagnosisFacts(view, sessionId === '' ? undefined : sessionId, fleet),
  );
  return likely && { likely, because };
};
