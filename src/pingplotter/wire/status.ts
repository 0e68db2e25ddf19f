import { z } from 'zod';
import type { AgentId, AgentStatus, SessionId, TargetStatus } from '../../core/agent.ts';
import type { QualityWord, Reading } from '../../core/quality.ts';
import { dateOf, lastSeenOf } from './dates.ts';
import { field, flag, list, percent, present, text } from './fields.ts';
import { targetWords } from './target.ts';

const StatusWire = z.object({
  AgentUniqueId: field,
  IsOnline: field,
  OnWifi: field,
  OnVPN: field,
  LastMessageTime: field,
  LastMessageTimestampInMs: field,
  TargetQuality: field,
});

const RowWire = z.object({
  SessionId: z.string().min(1),
  QualityDefinitionId: field,
  QualityValue: field,
  MeasuredAt: field,
  MeasuredAtTimestampInMs: field,
  QualityScore: field,
  Description: field,
  IpAddress: field,
});
type Row = z.infer<typeof RowWire>;

/** Entries without an agent's id are left out. */
export const readStatuses = (body: unknown): readonly AgentStatus[] | undefined =>
  list(body)?.flatMap((entry) => readStatus(entry) ?? []);

/** `asked` stands for the agent's id where the answer does not name it. */
export const readStatus = (body: unknown, asked: AgentId = ''): AgentStatus | undefined => {
  const wire = StatusWire.safeParse(body).data;
  const agentId = text(wire?.AgentUniqueId) || asked;
  if (wire === undefined || agentId === '') return undefined;
  return present({
    agentId,
    online: flag(wire.IsOnline),
    wifi: flag(wire.OnWifi),
    vpn: flag(wire.OnVPN),
    lastSeen: lastSeenOf(wire.LastMessageTime, wire.LastMessageTimestampInMs),
    targets: readTargets(list(wire.TargetQuality) ?? []),
  });
};

/** PingPlotter sends one row for each session and quality definition. */
const readTargets = (rows: readonly unknown[]): readonly TargetStatus[] => {
  const targets = new Map<SessionId, TargetStatus & { readonly readings: Reading[] }>();
  for (const entry of rows) {
    const row = RowWire.safeParse(entry).data;
    if (row === undefined) continue;
    const known = targets.get(row.SessionId);
    if (known !== undefined) keepNewest(known.readings, readingOf(row));
    if (known === undefined || known.name === '')
      targets.set(row.SessionId, {
        sessionId: row.SessionId,
        ...targetWords(row.Description, row.IpAddress),
        readings: known?.readings ?? [readingOf(row)],
      });
  }
  return [...targets.values()];
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
]);

const readingOf = (row: Row): Reading =>
  present({
    definitionId: text(row.QualityDefinitionId),
    word: words.get(text(row.QualityValue).trim().toLowerCase()) ?? 'unknown',
    score: percent(row.QualityScore),
    measuredAt: dateOf(row.MeasuredAt, row.MeasuredAtTimestampInMs),
  });
