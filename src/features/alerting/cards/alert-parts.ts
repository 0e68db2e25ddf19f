import type { Reader } from '../../../platform/messenger.ts';
import { markdownName, plain, plainName } from '../../../ui/escape.ts';
import { bold, dots, small, subtle } from '../../../ui/rich-text.ts';
import { age, clock } from '../../../ui/time.ts';
import type { WatchRule } from '../../watches/domain/watch.ts';
import {
  type AlertDetail,
  type AlertRow,
  isOpen,
  isOpenRow,
  type Missing,
  openRows,
  sinceOf,
  worstRow,
} from '../domain/alert-detail.ts';
import type { Shown } from '../domain/alert-state.ts';
import type { Acknowledgement } from '../domain/alert-view.ts';
import { isOverAlone, isWorseAlone, overText, overWords, usualText } from './over-text.ts';
import { inSentence, shownCell, shownText } from './shown-text.ts';

/** `Acknowledged by Alex Wilber at 12:31, until 16:31`; plain text. */
export const acknowledgedText = ({ name, at, until }: Acknowledgement, reader: Reader): string =>
  `Acknowledged by ${plainName(name)} at ${clock(at, reader)}${
    until === undefined ? '' : `, until ${clock(until, reader)}`
  }`;

/** The head of an alert's card, which the test notification shows too. */
export const alertFace = (detail: AlertDetail, rule: WatchRule | undefined, reader: Reader) => {
  const worst = worstRow(detail.rows);
  const was = wasText(detail, worst);
  return {
    title: `${subject(detail, markdownName)} ${happening(detail, worst, rule)}`,
    line: [small(plainLine(detail, worst, reader))],
    ...faceOf(detail, worst),
    hasWas: was !== '',
    was,
    rows: detail.rows.length > 1 ? detail.rows.map((row) => targetRow(row, reader)) : [],
  };
};

/** Like `Poor 41 · LAX-12 → crm · 4 min`, short enough for a lock screen. */
export const alertToast = (detail: AlertDetail, reader: Reader): string => {
  const { now } = reader;
  const worst = worstRow(detail.rows);
  const who = subject(detail, plainName);
  const since = sinceOf(detail);
  if (detail.state !== 'open' && detail.state !== 'over')
    return dots([lastWord[detail.state], who]);
  if (isOpen(detail) && worst?.missing !== undefined)
    return dots(['Did not come', who, missingText(worst.missing, reader)]);
  if (isOpen(detail)) return dots([rowState(worst), who, targetsText(detail), age(now - since)]);
  const back = worst?.sessionId === '' && detail.rows.length === 1;
  const fine = endWords(detail);
  const end = detail.endedAt ?? now;
  return dots([back ? 'Back online' : fine, who, `after ${age(end - since)}`]);
};

/** There is nothing to show of now: the agent or target is gone, or looked at no more. */
const lastWord = {
  gone: 'Deleted',
  closed: 'Closed',
  usual: 'Away as usual',
  unwatched: 'Not watched now',
  merged: 'On another card',
} as const;

const faceOf = (detail: AlertDetail, worst: AlertRow | undefined) => {
  if (detail.state !== 'open' && detail.state !== 'over')
    return { state: lastWord[detail.state], color: 'Default' as const, isSubtle: true };
  if (worst === undefined) return { state: '', color: 'Default' as const, isSubtle: true };
  return rowCell(worst);
};

/** With its target, if it is about one alone. */
const subject = (
  { agentName, rows, state }: AlertDetail,
  name: (text: string, max: number) => string,
): string => {
  const [only, ...others] = rows;
  return only?.target === undefined || others.length > 0 || state === 'gone'
    ? name(agentName, 60)
    : `${name(agentName, 60)} → ${name(only.target.name, 40)}`;
};

/** Where its score was not Poor it may not be fine now either. */
const endWords = ({ rows }: AlertDetail): string => {
  const over = rows.filter(({ state }) => state === 'over');
  if (over.length > 0 && over.every(({ was }) => isOverAlone(was)))
    return 'Within its limits again';
  if (over.length > 0 && over.every(({ was }) => isWorseAlone(was))) return 'As usual again';
  return 'Fine again';
};

const happening = (
  detail: AlertDetail,
  worst: AlertRow | undefined,
  rule: WatchRule | undefined,
): string => {
  const { state, anotherAccount } = detail;
  const offline = worst?.sessionId === '';
  switch (state) {
    case 'open':
      if (worst?.state === 'unsteady') return offline ? 'comes and goes' : 'is unsteady';
      if (worst?.missing !== undefined) return 'did not come';
      return offline ? 'is offline' : `is ${badness(worst?.shown, rule)}`;
    case 'over':
      if (offline) return 'is back online';
      return `is ${endWords(detail).toLowerCase()}`;
    case 'gone':
      return anotherAccount === true ? 'is not in the account that is read now' : 'is deleted';
    case 'closed':
      return 'is closed';
    case 'usual':
      return 'is offline as usual at this time';
    case 'unwatched':
      return 'is not watched any more';
    case 'merged':
      return 'is shown on another card';
    default:
      return state satisfies never;
  }
};

const badness = (shown: Shown | undefined, rule: WatchRule | undefined): string => {
  if (shown?.word === 'poor') return 'Poor';
  if (shown !== undefined && isOverAlone(shown)) return overWords(shown);
  const bound = rule?.quality;
  if (isWorseAlone(shown)) return 'worse than usual';
  if (typeof bound === 'object' && 'below' in bound) return `below ${bound.below}`;
  return shown?.word === 'fair' ? 'Fair' : 'not fine';
};

const plainLine = (detail: AlertDetail, worst: AlertRow | undefined, reader: Reader): string => {
  const { state, circumstances, endedAt = reader.now } = detail;
  const since = sinceOf(detail);
  const began = clock(since, reader);
  const places = circumstances.slice(0, shownCircumstances).map((piece) => plain(piece, 60));
  if (state === 'open' && worst?.missing !== undefined)
    return dots([missingText(worst.missing, reader), `offline since ${began}`, ...places]);
  if (state === 'open')
    return dots([
      ...(worst === undefined ? [] : [usualText(worst.shown), overText(worst.shown)]),
      `since ${began}, ${age(reader.now - since)}`,
      targetsText(detail),
      ...places,
    ]);
  if (state === 'over') {
    const was = worst?.was === undefined ? '' : `was ${inSentence(shownText(worst.was))} `;
    const span = `for ${age(endedAt - since)}, until ${clock(endedAt, reader)}`;
    return dots([`${was}${span}`, ...places]);
  }
  return dots([
    `was ${worst === undefined ? 'bad' : inSentence(shownText(worst.shown))} since ${began}`,
  ]);
};

/** Like `usually online from 8:00`: what was learned is a guess from the past, what was set is not. */
const missingText = ({ from, isSet }: Missing, reader: Reader): string =>
  `${isSet ? 'expected' : 'usually online'} from ${clock(from, reader)}`;

/** `3 of 4 targets`, where there are several that are bad. */
const targetsText = (detail: AlertDetail): string => {
  const bad = openRows(detail).filter(({ sessionId }) => sessionId !== '').length;
  return bad < 2 ? '' : `${bad} of ${Math.max(bad, detail.targets)} targets`;
};

const shownCircumstances = 4;

/** Like `was Good 92`. Empty for an agent that is offline: that it was online says nothing. */
const wasText = (detail: AlertDetail, worst: AlertRow | undefined): string =>
  worst?.was === undefined ||
  worst.was.word === 'unknown' ||
  worst.sessionId === '' ||
  !isOpen(detail)
    ? ''
    : `was ${inSentence(shownText(worst.was))}`;

/** A colour stands beside the word that it belongs to. */
const rowCell = (row: AlertRow) => ({
  ...shownCell(row.shown),
  ...(row.state === 'open' || row.state === 'over'
    ? {}
    : { color: 'Default' as const, state: rowState(row) }),
});

const rowState = (row: AlertRow | undefined): string => {
  if (row === undefined) return '';
  switch (row.state) {
    case 'unsteady':
      return 'Unsteady';
    case 'closed':
      return 'Closed';
    case 'usual':
      return 'Offline as usual';
    case 'unwatched':
      return 'Not watched';
    case 'open':
    case 'over':
      return shownText(row.shown);
    default:
      return row.state satisfies never;
  }
};

const targetRow = (row: AlertRow, reader: Reader) => {
  const name = row.sessionId === '' ? 'The agent itself' : plainName(row.target?.name ?? '', 60);
  const time = isOpenRow(row)
    ? `since ${clock(row.since, reader)}`
    : `from ${clock(row.since, reader)}`;
  return {
    name: [
      isOpenRow(row) ? bold(name) : subtle(name),
      subtle(`  ${dots([time, usualText(row.shown), overText(row.shown)])}`),
    ],
    ...rowCell(row),
    ...(isOpenRow(row) ? {} : { isSubtle: true }),
  };
};
