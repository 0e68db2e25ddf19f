import type { Reading, SessionId } from '../../../platform/agent.ts';
import type { Reader } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import { type Execute, execute, showsTo } from '../../../ui/action.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { bold, dots, dotted, run, subtle, type TextRun } from '../../../ui/rich-text.ts';
import { stateRun, stateText } from '../../../ui/status.ts';
import { age, ago, clock } from '../../../ui/time.ts';
import type { AgentView } from '../domain/agent-view.ts';
import type { Origin } from '../domain/list.ts';
import { shownReading } from '../domain/quality.ts';
import { definitionName, namedReadings, type SessionView } from '../domain/session-view.ts';

export interface SessionRow {
  readonly name: readonly TextRun[];
  readonly line: readonly TextRun[];
  readonly buttons: readonly { readonly action: Execute }[];
}

interface Around {
  readonly view: AgentView;
  readonly list?: Origin;
  readonly onlyReads?: true;
  readonly resumes: ReadonlyMap<SessionId | '', number>;
  readonly reader: Reader;
}

/** One target on its agent's card, with its own button. */
export const sessionRow = (session: SessionView, around: Around): SessionRow => ({
  name: nameLine(session),
  line: stateLine(session, around),
  buttons: buttons(session, around),
});

const nameLine = ({ name, address = '' }: SessionView): readonly TextRun[] =>
  address === '' || address === name
    ? [bold(plainName(name))]
    : [bold(plainName(name)), subtle(`  ${plain(address, 80)}`)];

const stateLine = (session: SessionView, around: Around): readonly TextRun[] => {
  const { view, reader } = around;
  const { state, pausedBy } = session;
  if (state === 'paused')
    return [
      subtle(
        dots([
          pausedBy === undefined
            ? 'paused'
            : `paused by ${plainName(pausedBy.name)} at ${clock(pausedBy.at, reader)}`,
          resumesText(session, around),
        ]),
      ),
    ];
  if (state === 'unknown')
    return [
      subtle(dots(['not reported by PingPlotter, perhaps paused', resumesText(session, around)])),
    ];
  return readingsLine(session, view, reader);
};

/** The earlier of its own time and that of all: whichever comes first resumes it. */
const resumesText = ({ id }: SessionView, { resumes, reader }: Around): string => {
  const times = [id, '' as const].flatMap((one) => resumes.get(one) ?? []);
  return times.length === 0 ? '' : `resumes by itself at ${clock(Math.min(...times), reader)}`;
};

/** An account may have many quality definitions; more than these would be no glance. */
const shownReadings = 6;

const readingsLine = (
  session: SessionView,
  view: AgentView,
  reader: Reader,
): readonly TextRun[] => {
  const first = shownReading(session);
  if (first === undefined) return [subtle('no data yet')];
  const readings = namedReadings(session, view.definitions)
    .slice(0, shownReadings)
    .map((reading) => {
      const definition = definitionText(reading, session, view);
      const state = stateText(reading.word, reading.score);
      // An old reading says nothing about now, so it has no colour.
      if (session.stale) return subtle(definition + state);
      return isBehind(reading, first)
        ? subtle(`${definition}${state}, ${ageText(reading, reader)}`)
        : [...(definition === '' ? [] : [run(definition)]), stateRun(state, reading.word)];
    });
  const unnamed = definitionName(first, session, view.definitions) === undefined;
  return dotted([
    ...readings,
    ...(unnamed ? [subtle('by a definition without a name')] : []),
    subtle(ageText(first, reader, session.stale)),
  ]);
};

/** A reading that is not used although it is not old comes from a time to come: some clock is wrong. */
const ageText = ({ measuredAt }: Reading, reader: Reader, stale = false): string => {
  if (measuredAt === undefined) return 'of unknown age';
  return stale && measuredAt > reader.now
    ? `stamped ${age(measuredAt - reader.now)} ahead, not used`
    : ago(measuredAt, reader);
};

/** A definition that is no longer measured stays in the status with its last reading. */
const isBehind = ({ measuredAt = 0 }: Reading, { measuredAt: newest = 0 }: Reading): boolean =>
  newest - measuredAt > 5 * 60_000;

/** The definition's name where it is known, with the space before its word. */
const definitionText = (
  reading: Reading,
  session: SessionView,
  { definitions }: AgentView,
): string => {
  const name = definitionName(reading, session, definitions);
  return name === undefined ? '' : `${plainName(name, 30)} `;
};

const buttons = (
  { id, name, state }: SessionView,
  { view: { agent }, list, onlyReads, reader }: Around,
): SessionRow['buttons'] => {
  if (agent.deleted || agent.template || onlyReads === true) return [];
  if (!showsTo(reader, 'operator')) return [];
  const data = { agent: agent.id, session: id, ...optional('list', list) };
  const said = plainName(name, 40);
  return [
    {
      action:
        state === 'active'
          ? execute('Pause', 'session.pause', data, { tooltip: `Pause ${said}` })
          : execute('Resume', 'session.resume', data, { tooltip: `Resume ${said}` }),
    },
  ];
};
