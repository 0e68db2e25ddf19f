import type {
  AgentId,
  AgentStatus,
  QualityWord,
  Reading,
  SessionId,
  TargetStatus,
} from '../../platform/agent.ts';
import type { ListReader } from '../caller.ts';
import {
  dateOf,
  entriesReader,
  filled,
  flag,
  lastSeenOf,
  list,
  percent,
  record,
  type TargetWords,
  targetWords,
  text,
} from './fields.ts';

/** Entries without an agent's id are left out. */
export const statusesReader: ListReader<readonly AgentStatus[]> = entriesReader(
  (entry) => readStatus(entry),
  (statuses) => statuses,
);

/** `asked` is the agent's id where the answer does not name it. */
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

type Row = Readonly<Record<string, unknown>>;

/** One session while its rows are read. */
interface TargetRows {
  readonly sessionId: SessionId;
  words: TargetWords;
  readonly readings: Reading[];
}

/**
 * PingPlotter sends one row for each session and quality definition. An agent has a handful, so plain
 * searches are quickest. The lists returned are copies, since a list that grew has room for more: 4 MB in a
 * fleet of 10,000.
 */
const readTargets = (rows: readonly unknown[]): readonly TargetStatus[] => {
  const targets: TargetRows[] = [];
  for (const entry of rows) {
    const row = record(entry);
    const sessionId = filled(row?.['SessionId']);
    if (row === undefined || sessionId === undefined) continue;
    const known = targets.find((target) => target.sessionId === sessionId);
    if (known === undefined)
      targets.push({ sessionId, words: wordsOf(row), readings: [readingOf(row)] });
    else {
      if (known.words.name === '') known.words = wordsOf(row);
      keepNewest(known.readings, readingOf(row));
    }
  }
  return targets.map(({ sessionId, words: { name, address }, readings }) => ({
    sessionId,
    name,
    address,
    readings: [...readings],
  }));
};

const wordsOf = (row: Row): TargetWords => targetWords(row['Description'], row['IpAddress']);

const keepNewest = (readings: Reading[], reading: Reading): void => {
  const index = readings.findIndex(({ definitionId }) => definitionId === reading.definitionId);
  const known = readings[index];
  if (known === undefined) readings.push(reading);
  else if ((reading.measuredAt ?? 0) >= (known.measuredAt ?? 0)) readings[index] = reading;
};

const words: ReadonlyMap<string, QualityWord> = new Map([
  ['good', 'good'],
  ['fair', 'fair'],
  ['poor', 'poor'],
  // The usual spelling: found without a copy in lower case.
  ['Good', 'good'],
  ['Fair', 'fair'],
  ['Poor', 'poor'],
]);

const wordOf = (value: string): QualityWord =>
  words.get(value) ?? words.get(value.trim().toLowerCase()) ?? 'unknown';

const readingOf = (row: Row): Reading => ({
  definitionId: text(row['QualityDefinitionId']),
  word: wordOf(text(row['QualityValue'])),
  score: percent(row['QualityScore']),
  measuredAt: dateOf(row['MeasuredAt'], row['MeasuredAtTimestampInMs']),
});
