import { longestSampleMs } from '../../features/history/domain/quality-time.ts';
import { sampleWords } from '../../features/history/domain/sample-buffer.ts';
import { PageWriter } from './page-bytes.ts';

/**
 * A page as columns of small numbers, which takes three bytes for a sample where JSON takes ninety:
 *
 *     page     = format, ms from the page's begin to its last sample, length of ids, ids, session*
 *     ids      = (agent, session)*, an agent's id only where it is another than before
 *     session  = length, grid, stretch*
 *     stretch  = word + 4 × (samples − 1), time since the stretch before, lowest score,
 *                if there are several: time from first to last, length of samples, samples
 *     samples  = score, (change of the time between two, score)*
 *
 * All are whole numbers (page-bytes.ts). The ids stand apart because most pages have those of the page before, and
 * lengths stand before what most readers skip. Stored: another format takes another number.
 */
export const columnFormat = 1;

/** Times are counted in the largest of these ms in which all of a session are whole; scores in parts of a point. */
export const timeUnits = [1, 1000, 60_000] as const;
export const scoreUnits = [1, 10, 100] as const;

/** The numbers in place of a score; others are the score above the lowest, or above 0, and this many more. */
export const noScore = 0;
export const anyScore = 1;
export const firstScore = 2;

/** The samples of one session as columns, oldest first. */
export interface SessionColumns {
  readonly agentId: string;
  readonly sessionId: string;
  readonly times: readonly number[];
  /** Places in `sampleWords`. */
  readonly words: readonly number[];
  /** NaN = none. */
  readonly scores: readonly number[];
}

export interface ColumnPageWriter {
  /** Sessions of one agent one after the other take less. No time is before the page's begin. */
  add(columns: SessionColumns): void;
  /** All of it, as texts hold it that go into both databases and into a backup. */
  text(): string;
}

interface Grid {
  readonly timeUnit: number;
  readonly scoreUnit: number;
}

export const createColumnPage = (begin: number): ColumnPageWriter => {
  const ids = new PageWriter();
  const sessions = new PageWriter();
  const scratch = { session: new PageWriter(), body: new PageWriter() };
  let agentBefore: string | undefined;
  let last = begin;
  return {
    add: (columns) => {
      const { agentId, sessionId, times } = columns;
      if (agentId === agentBefore) ids.number(0);
      else writeId(ids, agentId);
      agentBefore = agentId;
      writeId(ids, sessionId);
      last = Math.max(last, times.at(-1) ?? begin);
      writeSession(columns, begin, scratch);
      sessions.number(scratch.session.length);
      sessions.put(scratch.session.written());
    },
    text: () => {
      const page = new PageWriter();
      page.number(columnFormat);
      page.number(last - begin);
      page.number(ids.length);
      page.put(ids.written());
      page.put(sessions.written());
      return Buffer.from(page.written()).toString('base64');
    },
  };
};

/** Half a surrogate pair has no bytes of its own, so such an id is written as JSON writes it. */
const writeId = (to: PageWriter, id: string): void => {
  const plain = Buffer.from(id, 'utf8');
  const isPlain = plain.toString('utf8') === id;
  const bytes = isPlain ? plain : Buffer.from(JSON.stringify(id), 'utf8');
  to.number(1 + 2 * bytes.length + (isPlain ? 0 : 1));
  to.put(bytes);
};

/** Two writers that every session of a page uses again. */
interface Scratch {
  readonly session: PageWriter;
  readonly body: PageWriter;
}

const writeSession = (columns: SessionColumns, begin: number, scratch: Scratch): void => {
  const { times, words, scores } = columns;
  const time = timeUnits.findLastIndex((unit) => times.every((at) => (at - begin) % unit === 0));
  const score = Math.max(
    scoreUnits.findIndex((unit) => scores.every((of) => Number.isNaN(of) || isWhole(of, unit))),
    0,
  );
  const grid = { timeUnit: timeUnits[time] ?? 1, scoreUnit: scoreUnits[score] ?? 1 };
  scratch.session.clear();
  scratch.session.number(Math.max(time, 0) + timeUnits.length * score);
  let before = begin;
  for (let from = 0; from < times.length; ) {
    let until = from + 1;
    while (until < times.length && goesOn(times, words, until)) until += 1;
    writeStretch(scratch, columns, { ...grid, from, until, before });
    before = times[until - 1] ?? before;
    from = until;
  }
};

const goesOn = (times: readonly number[], words: readonly number[], at: number): boolean =>
  words[at] === words[at - 1] && (times[at] ?? 0) - (times[at - 1] ?? 0) <= longestSampleMs;

interface Range extends Grid {
  readonly from: number;
  readonly until: number;
  /** When the stretch before ended. */
  readonly before: number;
}

const writeStretch = (
  { session, body }: Scratch,
  { times, words, scores }: SessionColumns,
  { timeUnit, scoreUnit, from, until, before }: Range,
): void => {
  const lowest = lowestOf(scores, from, until);
  const begin = times[from] ?? 0;
  const end = times[until - 1] ?? begin;
  session.number((words[from] ?? 0) + sampleWords.length * (until - from - 1));
  session.number((begin - before) / timeUnit);
  writeScore(session, lowest, scoreUnit, 0);
  if (until - from === 1) return;
  session.number((end - begin) / timeUnit);
  body.clear();
  const above = isWhole(lowest, scoreUnit) ? Math.round(lowest * scoreUnit) : 0;
  let at = begin;
  let between = 0;
  for (let index = from; index < until; index += 1) {
    if (index > from) {
      const next = times[index] ?? at;
      body.signed((next - at - between) / timeUnit);
      between = next - at;
      at = next;
    }
    writeScore(body, scores[index] ?? Number.NaN, scoreUnit, above);
  }
  session.number(body.length);
  session.put(body.written());
};

/** NaN where none has one. */
const lowestOf = (scores: readonly number[], from: number, until: number): number => {
  let lowest = Number.NaN;
  for (let index = from; index < until; index += 1) {
    const score = scores[index] ?? Number.NaN;
    if (score < lowest || Number.isNaN(lowest)) lowest = score;
  }
  return lowest;
};

const writeScore = (to: PageWriter, score: number, unit: number, above: number): void => {
  if (Number.isNaN(score)) to.number(noScore);
  else if (isWhole(score, unit)) to.number(Math.round(score * unit) - above + firstScore);
  else {
    to.number(anyScore);
    to.float(score);
  }
};

const highestWhole = 1e6;

/** Whether it comes back as it was; a score that was broken somewhere may be any number. */
export const isWhole = (score: number, unit: number): boolean =>
  score >= 0 && score <= highestWhole && Math.round(score * unit) / unit === score;
