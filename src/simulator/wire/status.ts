import type { SimulatedAgent, SimulatedReading, SimulatedSession } from '../agent.ts';
import { wordFor } from '../quality-definition.ts';
import { wireDate, wireMs } from './agent.ts';

/** Which rows a status answer holds; a filter that is left out lets everything through. */
export interface RowFilter {
  readonly targetName?: string | undefined;
  readonly targetIp?: string | undefined;
  readonly definitionIds?: readonly string[] | undefined;
  readonly withPaused: boolean;
}

export const statusToWire = (agent: SimulatedAgent, filter: RowFilter) => ({
  AgentUniqueId: agent.id,
  IsOnline: agent.online,
  OnWifi: agent.network.wifi,
  OnVPN: agent.network.vpn,
  LastMessageTime: wireDate(agent.lastMessageAt),
  LastMessageTimestampInMs: wireMs(agent.lastMessageAt),
  TargetQuality: agent.sessions
    .filter((session) => isShown(session, filter) && concernsTarget(session, filter))
    .flatMap((session) =>
      readingsShown(session, filter).map((reading) => ({
        ...readingToWire(reading),
        SessionId: session.id,
        Description: session.description,
        IpAddress: session.address,
      })),
    ),
});

export const sessionStatusToWire = (
  session: SimulatedSession,
  filter: Pick<RowFilter, 'withPaused'>,
) => ({
  SessionId: session.id,
  Description: session.description,
  IpAddress: session.address,
  TargetQuality: isShown(session, filter) ? session.readings.map(readingToWire) : [],
});

/** The name of a target is its host, or the alias that stands for it. */
export const concernsTarget = (
  { description, host, address }: SimulatedSession,
  { targetName, targetIp }: Pick<RowFilter, 'targetName' | 'targetIp'>,
): boolean =>
  (targetName === undefined ||
    [description, host].some((name) => name.toLowerCase() === targetName.toLowerCase())) &&
  (targetIp === undefined || address === targetIp);

const isShown = (
  { status }: SimulatedSession,
  { withPaused }: Pick<RowFilter, 'withPaused'>,
): boolean => status === 'Active' || (status === 'Paused' && withPaused);

const readingsShown = (
  { readings }: SimulatedSession,
  { definitionIds }: RowFilter,
): readonly SimulatedReading[] =>
  definitionIds === undefined
    ? readings
    : readings.filter(({ definitionId }) => definitionIds.includes(definitionId));

const readingToWire = ({ definitionId, score, word, measuredAt }: SimulatedReading) => ({
  QualityDefinitionId: definitionId,
  QualityValue: word ?? wordFor(definitionId, score),
  MeasuredAt: wireDate(measuredAt),
  MeasuredAtTimestampInMs: wireMs(measuredAt),
  QualityScore: score,
});
