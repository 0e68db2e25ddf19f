import { diagnose } from '../../../src/features/diagnosis/domain/diagnosis.ts';
import { diagnosisFacts } from '../../../src/features/diagnosis/domain/facts.ts';
import { indexOf } from '../../../src/features/diagnosis/domain/fleet-index.ts';
import type { AgentView } from '../../../src/features/fleet/domain/agent-view.ts';
import { createRandom } from '../../../src/simulator/random.ts';
import { type Kind, makeIncident } from './incidents.ts';
import { type Measured, measure } from './measure.ts';
import { buildNetwork, pick } from './network.ts';

/** What was said of one incident. */
export interface Answer {
  readonly seed: number;
  readonly kind: Kind;
  /** The cause that was named; absent = no clear cause. */
  readonly likely?: string;
  /** Absent where nothing is broken that somebody could name. */
  readonly right?: readonly string[];
  readonly because: readonly string[];
}

/** Somebody who suffers from it asks why. */
export const answerFor = (seed: number): Answer => {
  const random = createRandom(seed * 7919 + 13);
  const network = buildNetwork(random);
  const incident = makeIncident(seed, network, random);
  const measured = measure(network, incident, random);
  const asking = whoAsks(measured, incident.blip, random);
  const { kind } = incident;
  if (asking === undefined) return { seed, kind, because: [] };
  const by = measured.suffering.get(asking.agent.id) ?? [];
  const switched = incident.switched?.id === asking.agent.id ? incident.switched.what : undefined;
  const session = asking.agent.online ? asking.sessions.find(isBad)?.id : undefined;
  const facts = diagnosisFacts(asking, session, indexOf(measured.views), switched);
  const { likely, because } = diagnose(facts);
  return {
    seed,
    kind,
    because,
    ...(likely === undefined ? {} : { likely }),
    ...(by.length === 0 ? {} : { right: by.flatMap(({ answers }) => answers) }),
  };
};

const isBad = ({ stale, readings }: AgentView['sessions'][number]): boolean =>
  !stale && readings[0]?.word !== 'good';

const whoAsks = (
  { views, suffering }: Measured,
  blip: string | undefined,
  random: () => number,
): AgentView | undefined => {
  const bad = views.filter(({ agent, sessions }) => !agent.online || sessions.some(isBad));
  const asking = bad.filter(({ agent }) => suffering.has(agent.id) || agent.id === blip);
  return asking.length === 0 ? undefined : pick(random, asking);
};

/** Rules are written on the one half; the other is for judging them. */
export const halves = { learning: 0, 'held out': 1 } as const;
export type Half = keyof typeof halves;

/** As many for each kind in each half. */
export const answersOf = (half: Half, incidents: number): readonly Answer[] =>
  Array.from({ length: incidents }, (_, at) => answerFor(at * 2 + halves[half]));

export interface Marks {
  readonly incidents: number;
  readonly likely: number;
  readonly right: number;
  /** Those that have something to name. */
  readonly namable: number;
}

export const marksOf = (answers: readonly Answer[]): Marks => ({
  incidents: answers.length,
  likely: answers.filter(({ likely }) => likely !== undefined).length,
  right: answers.filter(isRight).length,
  namable: answers.filter(({ right }) => right !== undefined).length,
});

export const isRight = ({ likely, right }: Answer): boolean =>
  likely !== undefined && right?.includes(likely) === true;

/** The share of what was called likely that is right. */
export const precisionOf = ({ likely, right }: Marks): number =>
  likely === 0 ? 1 : right / likely;

/** The share of what could be named that was named right. */
export const recallOf = ({ namable, right }: Marks): number =>
  namable === 0 ? 1 : right / namable;
