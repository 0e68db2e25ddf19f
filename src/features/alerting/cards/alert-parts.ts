import type { Reader } from '../../../platform/messenger.ts';
import { markdownName, plain, plainName } from '../../../ui/escape.ts';
import { dots, small } from '../../../ui/rich-text.ts';
import { type Appearance, appearanceOf, stateText } from '../../../ui/status.ts';
import { age, clock } from '../../../ui/time.ts';
import type { WatchRule } from '../../watches/domain/watch.ts';
import type { AlertDetail } from '../domain/alert-detail.ts';
import type { Shown } from '../domain/alert-state.ts';
import type { Acknowledgement } from '../domain/alert-view.ts';

/** `Acknowledged by Alex Wilber at 12:31`; plain text. */
export const acknowledgedText = ({ name, at }: Acknowledgement, reader: Reader): string =>
  `Acknowledged by ${plainName(name)} at ${clock(at, reader)}`;

/** The head of an alert's card, which the test notification shows too. */
export const alertFace = (detail: AlertDetail, rule: WatchRule | undefined, reader: Reader) => {
  const was = wasText(detail);
  return {
    title: `${subject(detail, markdownName)} ${happening(detail, rule)}`,
    line: [small(plainLine(detail, reader))],
    ...(isDetached(detail)
      ? { state: lastWord[detail.state], color: 'Default', isSubtle: true }
      : shownCell(detail.shown)),
    hasWas: was !== '',
    was,
  };
};

/** Like `Poor 41 · LAX-12 → crm · 4 min`, short enough for a lock screen. */
export const alertToast = (detail: AlertDetail, { now }: Pick<Reader, 'now'>): string => {
  const { state, about, shown, since, at } = detail;
  const who = subject(detail, plainName);
  switch (state) {
    case 'open':
      return dots([shownText(shown), who, age(now - since)]);
    case 'unsteady':
      return dots(['Unsteady', who, age(now - since)]);
    case 'over':
      return dots([
        about === 'offline' ? 'Back online' : 'Fine again',
        who,
        `after ${age(at - since)}`,
      ]);
    case 'gone':
    case 'closed':
      return dots([lastWord[state], who]);
    default:
      return state satisfies never;
  }
};

/** The agent or the target is gone, so there is no current reading to show. */
type DetachedAlert = 'gone' | 'closed';

const lastWord: Readonly<Record<DetachedAlert, string>> = { gone: 'Deleted', closed: 'Closed' };

const isDetached = (
  detail: AlertDetail,
): detail is AlertDetail & { readonly state: DetachedAlert } =>
  detail.state === 'gone' || detail.state === 'closed';

const subject = (
  { agentName, target, state }: AlertDetail,
  name: (text: string, max: number) => string,
): string =>
  target === undefined || state === 'gone'
    ? name(agentName, 60)
    : `${name(agentName, 60)} → ${name(target.name, 40)}`;

const happening = (detail: AlertDetail, rule: WatchRule | undefined): string => {
  const offline = detail.about === 'offline';
  switch (detail.state) {
    case 'open':
      return offline ? 'is offline' : `is ${badness(detail, rule)}`;
    case 'unsteady':
      return offline ? 'comes and goes' : 'is unsteady';
    case 'over':
      return offline ? 'is back online' : 'is fine again';
    case 'gone':
      return detail.anotherAccount === true
        ? 'is not in the account that is read now'
        : 'is deleted';
    case 'closed':
      return 'is closed';
    default:
      return detail.state satisfies never;
  }
};

const badness = ({ shown }: AlertDetail, rule: WatchRule | undefined): string => {
  if (shown.word === 'poor') return 'Poor';
  const bound = rule?.quality;
  if (typeof bound === 'object' && 'below' in bound) return `below ${bound.below}`;
  return shown.word === 'fair' ? 'Fair' : 'not fine';
};

const plainLine = (detail: AlertDetail, reader: Reader): string => {
  const { state, since, at, was, shown, circumstances } = detail;
  const began = clock(since, reader);
  const places = circumstances.slice(0, shownCircumstances).map((piece) => plain(piece, 60));
  if (isDetached(detail)) return dots([`was ${inSentence(shownText(shown))} since ${began}`]);
  const time =
    state === 'over'
      ? `${was === undefined ? '' : `was ${inSentence(shownText(was))} `}for ${age(at - since)}, until ${clock(at, reader)}`
      : `since ${began}, ${age(reader.now - since)}`;
  return dots([time, ...places]);
};

const shownCircumstances = 4;

/** Like `was Good 92`. Empty for an agent that is offline: that it was online says nothing. */
const wasText = (detail: AlertDetail): string => {
  const { state, about, was } = detail;
  return was === undefined || about === 'offline' || state === 'over' || isDetached(detail)
    ? ''
    : `was ${inSentence(shownText(was))}`;
};

/** PingPlotter's quality words keep their capital letter. */
const inSentence = (text: string): string =>
  /^(?:Good|Fair|Poor)/u.test(text) ? text : text.toLowerCase();

/** Like `Poor 41` or `Offline`. */
export const shownText = ({ word, score }: Shown): string =>
  word === 'online' ? 'Online' : stateText(word, score);

/** Elsewhere offline is drawn subtle. Here it is the news, so it is not. */
export const shownCell = (
  shown: Shown,
): { readonly state: string; readonly color: Appearance['color']; readonly isSubtle: boolean } => {
  const isPresence = shown.word === 'online' || shown.word === 'offline';
  const { color, isSubtle } = isPresence
    ? { color: 'Default' as const, isSubtle: false }
    : appearanceOf(shown.word);
  return { state: shownText(shown), color, isSubtle };
};
