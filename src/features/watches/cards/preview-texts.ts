import type { Reader } from '../../../platform/messenger.ts';
import { counted } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { leastDays, usualDays } from '../../history/domain/usual-score.ts';
import { isPlainBound, type WatchRule } from '../domain/watch.ts';
import type { Backtest, ShownPreview, WatchPreview } from '../ports.ts';
import { ruleText } from './watch-line.ts';

/** What a watch of this rule is about now, and what it would have sent; each stands in a box of its own. */
export const previewTexts = (
  rule: WatchRule,
  preview: WatchPreview,
  reader: Reader,
): readonly string[] =>
  [aboutText(rule, preview, reader), hoursText(preview)].filter((text) => text !== undefined);

/** What a person reads before it is saved. */
export const notSavedTexts = ({ rule, found }: ShownPreview, reader: Reader): readonly string[] => {
  const about = `Not saved yet: ${ruleText(rule)}.`;
  if (found === undefined) return [`${about} ${unreadText}`];
  if (found.matching === 0) return [`${about} ${nobodyYet}`];
  return [
    `${about} ${counted(found.matching, 'agent')} now.`,
    ...previewTexts(rule, found, reader),
  ];
};

const nobodyYet = 'No agent matches now; those that come to match are watched.';

const unreadText =
  'The agents cannot be read just now, so nobody can tell how many it is about, and what it would have sent.';

const aboutText = (
  rule: WatchRule,
  { matching, backtest, usualKnown }: WatchPreview,
  reader: Reader,
): string | undefined => {
  const { about, limits } = rule;
  const past = about === undefined ? backtestText(backtest, rule, reader) : changesText;
  const what = [
    ...(limits === undefined ? [] : [limitsText]),
    ...(usualKnown === undefined ? [] : [usualText(usualKnown)]),
    ...(past === undefined ? [] : [past]),
  ].join(' ');
  if (matching === 0) return laterText;
  return what === '' ? undefined : what;
};

const limitsText =
  'Limits are read from the last five minutes that have packets. How often they were exceeded before is not counted here.';

const usualText = ({ targets, known }: NonNullable<WatchPreview['usualKnown']>): string => {
  const of =
    known === targets
      ? 'of all of their targets'
      : `of ${known} of their ${counted(targets, 'target')}`;
  const others =
    known === targets ? '' : ` Nothing is told of the others until ${leastDays} days are known.`;
  return `It is known ${of} what was usual at this hour in the last ${usualDays} days.${others} How often they were worse before is not counted here.`;
};

const changesText =
  'It tells of agents that are new, may wait for approval, are renamed elsewhere or deleted, and of a machine that is there twice.';

const laterText = 'The watch stays: agents that come to match are watched as well.';

/** Nothing found is no promise: it says of what time it speaks, and how exact it is. */
const backtestText = (
  backtest: Backtest | undefined,
  { quality, offline: isAboutOffline }: WatchRule,
  reader: Reader,
): string | undefined => {
  if (backtest === undefined) return undefined;
  const { notifications, agents, open, since, unmeasured, offline } = backtest;
  const absent = offline === undefined ? '' : offlineText(offline, reader);
  if (unmeasured === true)
    return `There are no samples of these agents yet, so nobody knows what it would have sent for their scores.${absent}`;
  const byScore = isPlainBound(quality);
  if (!byScore && offline === undefined) return undefined;
  const from = !byScore ? offline?.since : since;
  const when =
    from === undefined
      ? 'In the last 7 days'
      : `Since ${clock(from, reader)}, when what is stored of them begins,`;
  const apart =
    isAboutOffline && offline === undefined ? ', those about being offline not counted' : '';
  const about = offline === undefined ? '' : 'about ';
  const sent =
    notifications === 0
      ? 'no notification'
      : `${about}${counted(notifications, 'notification')} about ${counted(agents, 'agent')}`;
  const still = open === 0 ? '' : ` ${counted(open, 'problem')} of these would still be open.`;
  return `${when} it would have sent ${sent}${apart}.${still}${absent}`;
};

/** Who was online is stored by quarters of an hour. */
const offlineText = (
  { problems, usual, since }: NonNullable<Backtest['offline']>,
  reader: Reader,
): string => {
  const from = since === undefined ? '' : ` since ${clock(since, reader)}`;
  const others =
    usual === 0 ? '' : ` Not counted: about ${counted(usual, 'time')} outside their usual hours.`;
  if (problems === 0) {
    const when = usual === 0 ? '' : ' in their usual hours';
    return ` By quarters of an hour, nobody was seen going offline${when}${from}.${others}`;
  }
  const when = usual === 0 ? ' and at any hour of the day' : '';
  return ` Found offline${from}, by quarters of an hour${when}: about ${counted(problems, 'time')}.${others}`;
};

/** What the bot does with an absence depends on it, so it says for how many it can. */
const hoursText = ({ matching, hoursKnown }: WatchPreview): string | undefined => {
  if (hoursKnown === undefined || matching === 0) return undefined;
  if (hoursKnown === matching)
    return 'When they are usually online is known: who is offline at other times is not told.';
  const known =
    hoursKnown === 0 ? 'not known yet' : `known for ${hoursKnown} of ${counted(matching, 'agent')}`;
  const others = hoursKnown === 0 ? '' : ' of the others';
  return `When they are usually online is ${known}: until it is learned, every absence${others} is told.`;
};
