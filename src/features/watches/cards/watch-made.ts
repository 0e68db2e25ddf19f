import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { execute, inOverflow, openRow } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plainName } from '../../../ui/escape.ts';
import { boxed, counted, dots, opening, small } from '../../../ui/rich-text.ts';
import { stateCell, stateText } from '../../../ui/status.ts';
import { clock } from '../../../ui/time.ts';
import { agentLine } from '../../fleet/cards/agent-line.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import { fullName } from '../../fleet/domain/distinction.ts';
import { leastDays, usualDays } from '../../history/domain/usual-score.ts';
import { isPlainBound, type NamedWatch, type WatchRule } from '../domain/watch.ts';
import type { Backtest, WatchPreview } from '../ports.ts';
import { ruleText } from './watch-line.ts';
import source from './watch-made.json' with { type: 'json' };

export interface WatchMadeModel {
  readonly watch: NamedWatch;
  /** How many agents match now. */
  readonly matching: number;
  /** The matching agents, worst first. */
  readonly agents: readonly AgentView[];
  /** Over what is stored of the last seven days. */
  readonly backtest?: Backtest;
  /** Of how many of their targets it is known what is usual. Absent where the watch does not ask. */
  readonly usualKnown?: WatchPreview['usualKnown'];
  /** How many of them have known hours. Absent where they do not matter. */
  readonly hoursKnown?: number;
  /** An earlier watch got new terms. */
  readonly changed: boolean;
}

const fill = template(source);

const shownAgents = 5;

export const watchMadeCard: CardView<WatchMadeModel> = (model, reader): Card => {
  const { watch, matching, agents, changed } = model;
  const rows = agents.slice(0, shownAgents);
  const title = matching === 0 ? 'No agent matches now' : `Watching ${counted(matching, 'agent')}`;
  const line = dots([
    `watch ${watch.number}${changed ? ', changed' : ''}`,
    ruleText(watch.rule),
    `made by ${plainName(watch.madeBy)}`,
  ]);
  return fill(
    {
      title,
      line: [small(line)],
      boxes: [...boxed(aboutText(model, reader)), ...boxed(hoursText(model))],
      rows: rows.map((view) => row(view, reader)),
      notes:
        matching > rows.length && rows.length > 0
          ? [{ inlines: [small(`and ${matching - rows.length} more`)] }]
          : [],
      actions: [
        execute('Send a test', 'watch.test', { watch: watch.id }),
        execute('Change', 'watch.edit', { watch: watch.id }),
        execute('End', 'watch.end', { watch: watch.id }, inOverflow),
      ],
    },
    dots([title, line]),
  );
};

const aboutText = (
  { watch, matching, backtest, usualKnown }: WatchMadeModel,
  reader: Reader,
): string | undefined => {
  const { about, limits } = watch.rule;
  const past = about === undefined ? backtestText(backtest, watch.rule, reader) : changesText;
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
    return ` By quarters of an hour, nobody was found offline${when}${from}.${others}`;
  }
  const when = usual === 0 ? ' and at any hour of the day' : '';
  return ` Found offline${from}, by quarters of an hour${when}: about ${counted(problems, 'time')}.${others}`;
};

/** What the bot does with an absence depends on it, so it says for how many it can. */
const hoursText = ({ matching, hoursKnown }: WatchMadeModel): string | undefined => {
  if (hoursKnown === undefined || matching === 0) return undefined;
  if (hoursKnown === matching)
    return 'When they are usually online is known: who is offline at other times is not told.';
  const known =
    hoursKnown === 0 ? 'not known yet' : `known for ${hoursKnown} of ${counted(matching, 'agent')}`;
  const others = hoursKnown === 0 ? '' : ' of the others';
  return `When they are usually online is ${known}: until it is learned, every absence${others} is told.`;
};

const row = (view: AgentView, reader: Reader) => {
  const line = agentLine(view, reader);
  const { agent, statusWord, score } = view;
  return {
    open: openRow(fullName(agent, 40), dots([stateText(statusWord, score), line]), {
      agent: agent.id,
    }),
    name: [opening(plainName(fullName(agent)))],
    hasLine: line !== '',
    line: [small(line)],
    ...stateCell(statusWord, score),
  };
};
