import type { AgentId, SessionId } from '../../../platform/agent.ts';
import type { Reader } from '../../../platform/messenger.ts';
import { type Execute, openRow } from '../../../ui/action.ts';
import { plainName } from '../../../ui/escape.ts';
import { bold, dots, dotted, opening, small, type TextRun } from '../../../ui/rich-text.ts';
import { stateRun } from '../../../ui/status.ts';
import { age, ago, spanText } from '../../../ui/time.ts';
import { shownText } from '../../alerting/cards/shown-text.ts';
import { fullName } from '../../fleet/domain/distinction.ts';
import type { AgentMark } from '../../fleet/domain/snapshot.ts';
import type { QualityTime } from '../../history/domain/quality-time.ts';
import type { Digest, LongPause } from '../domain/digest.ts';
import type { OpenAlert } from '../domain/still-open.ts';

export interface DigestNames {
  readonly names: ReadonlyMap<AgentId, string>;
  readonly targets: ReadonlyMap<SessionId, string>;
}

interface Row {
  readonly open: Execute;
  readonly name: readonly TextRun[];
  readonly hasLine: boolean;
  readonly line: readonly TextRun[];
}

export interface Section {
  readonly heading: string;
  readonly rows: readonly Row[];
  readonly notes: readonly { readonly inlines: readonly TextRun[] }[];
}

/** The sections of a digest that are not empty. */
export const digestSections = (
  digest: Digest,
  called: DigestNames,
  reader: Reader,
): readonly Section[] => {
  const { worst, came, gone, neverConnected, longOffline, forgottenPauses } = digest;
  return [
    section('Worst', worst, shownWorst, (time) => worstRow(time, called)),
    section('New', came, shownRows, (mark) => agentRow(mark, [])),
    goneSection(gone),
    section('Never connected', neverConnected, shownRows, (mark) => agentRow(mark, [])),
    section('Offline for more than a week', longOffline, shownRows, (mark) =>
      agentRow(mark, lastSeen(mark, reader)),
    ),
    section('Paused for more than a day', forgottenPauses, shownRows, (pause) =>
      pauseRow(pause, called, reader),
    ),
  ].filter(({ rows, notes }) => rows.length + notes.length > 0);
};

/** `LAX-12 → crm`; plain text. */
export const measuredName = (
  { agent, session }: Pick<QualityTime, 'agent' | 'session'>,
  { names, targets }: DigestNames,
): string =>
  `${plainName(names.get(agent) ?? 'agent', 40)} → ${plainName(targets.get(session) ?? 'target', 30)}`;

const shownWorst = 8;
const shownRows = 5;

const section = <T>(
  heading: string,
  things: readonly T[],
  most: number,
  draw: (thing: T) => Row,
): Section => ({
  heading,
  rows: things.slice(0, most).map(draw),
  notes: things.length > most ? [{ inlines: [small(`and ${things.length - most} more`)] }] : [],
});

/** By age and owner; nothing where no alert is open. */
export const openSection = (open: readonly OpenAlert[], reader: Reader): readonly Section[] =>
  open.length === 0
    ? []
    : [section('Still open', open, shownRows, (alert) => openAlertRow(alert, reader))];

const openAlertRow = (
  { number, agentId, agentName, shown, since, owner }: OpenAlert,
  reader: Reader,
): Row =>
  rowOf(agentId, `#${number} ${plainName(agentName, 60)}`, agentName, [
    small(
      dots([
        shownText(shown),
        `for ${age(reader.now - since)}`,
        owner === undefined ? 'nobody has it' : `${plainName(owner)} has it`,
      ]),
    ),
  ]);

/** Plain names without buttons: an agent that is gone cannot be opened. */
const goneSection = (gone: readonly AgentMark[]): Section => {
  const named = gone.slice(0, shownRows).map((mark) => plainName(fullName(mark, 40), 40));
  const more = gone.length - named.length;
  const text = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return { heading: 'Gone', rows: [], notes: gone.length === 0 ? [] : [{ inlines: [bold(text)] }] };
};

const rowOf = (agent: AgentId, name: string, called: string, line: readonly TextRun[]): Row => ({
  open: openRow(called, dots([name, line.map(({ text }) => text).join('')]), { agent }),
  name: [opening(name)],
  hasLine: line.length > 0,
  line,
});

const agentRow = (mark: AgentMark, line: readonly TextRun[]): Row =>
  rowOf(mark.id, plainName(fullName(mark)), fullName(mark, 40), line);

const worstRow = (time: QualityTime, called: DigestNames): Row => {
  const { agent, poorMs, fairMs, measuredMs, lowestScore } = time;
  const line = dotted([
    ...(poorMs > 0 ? [stateRun(`Poor ${spanText(poorMs)}`, 'poor')] : []),
    ...(fairMs > 0 ? [stateRun(`Fair ${spanText(fairMs)}`, 'fair')] : []),
    small(`of ${spanText(measuredMs)} measured`),
    ...(lowestScore === undefined ? [] : [small(`lowest ${Math.round(lowestScore)}`)]),
  ]);
  return rowOf(agent, measuredName(time, called), called.names.get(agent) ?? 'agent', line);
};

const lastSeen = ({ lastSeen: at }: AgentMark, reader: Reader): readonly TextRun[] =>
  typeof at === 'number' ? [small(`last seen ${ago(at, reader)}`)] : [];

const pauseRow = (
  { agent, name, by, at }: LongPause,
  { names }: DigestNames,
  reader: Reader,
): Row => {
  const owner = names.get(agent) ?? 'agent';
  return rowOf(agent, `${plainName(owner, 40)} → ${plainName(name, 30)}`, owner, [
    small(`paused by ${plainName(by)} ${ago(at, reader)}`),
  ]);
};
