import type { AgentId, AgentStatus, SessionId, TargetStatus } from '../../core/agent.ts';
import type { QualityWord, Reading } from '../../core/quality.ts';
import { dateOf, lastSeenOf } from './dates.ts';
import { filled, flag, list, percent, record, text } from './fields.ts';
import { targetWords } from './target.ts';

/** Entries without an agent's id are left out. */
export const readStatuses = (body: unknown): readonly AgentStatus[] | undefined =>
  list(body)?.flatMap((entry) => readStatus(entry) ?? []);

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

type Target = TargetStatus & { readonly readings: Reading[] };

/** PingPlotter sends one row for each session and quality definition. An agent has a handful: plain searches are quickest. */
const readTargets = (rows: readonly unknown[]): readonly TargetStatus[] => {
  const targets: Target[] = [];
  for (const entry of rows) {
    const row = record(entry);
    const sessionId = filled(row?.['SessionId']);
    if (row === undefined || sessionId === undefined) continue;
    const index = targets.findIndex((target) => target.sessionId === sessionId);
    const known = targets[index];
    if (known === undefined) targets.push(targetOf(sessionId, row, [readingOf(row)]));
    else {
      keepNewest(known.readings, readingOf(row));
      if (known.name === '') targets[index] = targetOf(sessionId, row, known.readings);
    }
  }
  return targets;
};

const targetOf = (sessionId: SessionId, row: Row, readings: Reading[]): Target => {
  const { name, address } = targetWords(row['Description'], row['IpAddress']);
  return { sessionId, name, address, readings };
};

/** A plain search: an account has a handful of quality definitions. */
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
