import type { AgentId, AgentStatus, SessionId, TargetStatus } from '../../core/agent.ts';
import type { QualityWord, Reading } from '../../core/quality.ts';
import type { ListReader } from '../caller.ts';
import { dateOf, lastSeenOf } from './dates.ts';
import { filled, flag, list, percent, record, text } from './fields.ts';
import { targetWords } from './target.ts';

/** Entries without an agent's id are left out. */
export const statusesReader: ListReader<readonly AgentStatus[]> = {
  begin: () => {
    const statuses: AgentStatus[] = [];
    return {
      take: (entry) => {
        const status = readStatus(entry);
        if (status !== undefined) statuses.push(status);
      },
      end: () => statuses,
    };
  },
};

/** `asked` stands for the agent's id where the answer does not name it. */
export const readStatus = (body: unknown, asked: AgentId = ''): AgentStatus | undefined => {
  const wire = record(body);
  const agentId = text(wire?.['AgentUniqueId']) || asked;
  if (wire === undefined || agentId === '') return undefined;
  return {
    agentId,
    online: flag(wire['IsOnline']),
    wifi: flag(wire['OnWifi']),
    vpn: flag(wire['OnVPN']),
    lastSeen: lastSeenOf(wire['LastMessageTime'], wire['LastMessageTimestampInMs']),
    targets: readTargets(list(wire['TargetQuality']) ?? []),
  };
};

/**
 * PingPlotter sends one row for each session and quality definition. An agent has a handful: plain
 * searches are quickest, and a copy of a list is smaller than one that grew (4 MB at 10,000 agents).
 */
const readTargets = (rows: readonly unknown[]): readonly TargetStatus[] => {
  let targets: readonly TargetStatus[] = [];
  for (const entry of rows) {
    const row = record(entry);
    const sessionId = filled(row?.['SessionId']);
    if (row === undefined || sessionId === undefined) continue;
    const known = targets.find((target) => target.sessionId === sessionId);
    const target = targetOf(sessionId, row, known);
    targets =
      known === undefined
        ? [...targets, target]
        : targets.map((one) => (one === known ? target : one));
  }
  return targets;
};

const targetOf = (
  sessionId: SessionId,
  row: Row,
  known: TargetStatus | undefined,
): TargetStatus => {
  const readings = withNewest(known?.readings ?? [], readingOf(row));
  if (known !== undefined && known.name !== '') return { ...known, readings };
  const { name, address } = targetWords(row['Description'], row['IpAddress']);
  return { sessionId, name, address, readings };
};

const withNewest = (readings: readonly Reading[], reading: Reading): readonly Reading[] => {
  const known = readings.find(({ definitionId }) => definitionId === reading.definitionId);
  if (known === undefined) return [...readings, reading];
  if ((reading.measuredAt ?? 0) < (known.measuredAt ?? 0)) return readings;
  return readings.map((one) => (one === known ? reading : one));
};

const words: ReadonlyMap<string, QualityWord> = new Map([
  ['good', 'good'],
  ['fair', 'fair'],
  ['poor', 'poor'],
  // As it is usually written: found without making it anew in lower case.
  ['Good', 'good'],
  ['Fair', 'fair'],
  ['Poor', 'poor'],
]);

const wordOf = (value: string): QualityWord =>
  words.get(value) ?? words.get(value.trim().toLowerCase()) ?? 'unknown';

type Row = Readonly<Record<string, unknown>>;

const readingOf = (row: Row): Reading => ({
  definitionId: text(row['QualityDefinitionId']),
  word: wordOf(text(row['QualityValue'])),
  score: percent(row['QualityScore']),
  measuredAt: dateOf(row['MeasuredAt'], row['MeasuredAtTimestampInMs']),
});
