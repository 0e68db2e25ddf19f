import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { type Action, execute, openRow, showsTo } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { markdown, plain, plainName } from '../../../ui/escape.ts';
import { dots, opening, run, small, subtle } from '../../../ui/rich-text.ts';
import { age, clock, clockOfCard } from '../../../ui/time.ts';
import { commonCauseRuns, commonCauseText } from '../../diagnosis/cards/common-cause.ts';
import { changeWatch, watchesLine } from '../../watches/cards/watch-line.ts';
import type { GroupMember, GroupView } from '../domain/alert-view.ts';
import type { MemberState } from '../domain/grouping.ts';
import { acknowledgedText } from './alert-parts.ts';
import { careLines } from './care-lines.ts';
import source from './group.json' with { type: 'json' };
import { commonChangeText } from './just-before.ts';
import { shownCell } from './shown-text.ts';
import { verdictButtons, verdictText } from './verdict.ts';

/** One member for each agent: the worst of its targets. */
export const worstOfEach = (members: readonly GroupMember[]): readonly GroupMember[] => {
  const worst = members.toSorted(worseFirst);
  const seen = new Map(worst.toReversed().map((member) => [member.agentId, member]));
  return worst.filter((member) => seen.get(member.agentId) === member);
};

const states: readonly MemberState[] = [
  'poor',
  'offline',
  'missing',
  'fair',
  'low',
  'limit',
  'unsteady',
  'over',
];

const worseFirst = (a: GroupMember, b: GroupMember): number =>
  states.indexOf(a.state) - states.indexOf(b.state) ||
  (a.shown.score ?? 0) - (b.shown.score ?? 0) ||
  a.since - b.since ||
  a.number - b.number;

export const memberRow = (member: GroupMember, group: string, reader: Reader) => {
  const { agentId, agentName, target, since } = member;
  const to = target === undefined ? '' : ` → ${plainName(target, 30)}`;
  return {
    open: openRow(
      agentName,
      dots([stateOf(member).state, `${plainName(agentName, 60)}${to}`, clock(since, reader)]),
      { agent: agentId, list: { alert: group } },
    ),
    name: [opening(`${plainName(agentName, 60)}${to}`), subtle(`  ${clockOfCard(since, reader)}`)],
    ...stateOf(member),
  };
};

const stateOf = ({ state, shown }: GroupMember) =>
  state === 'unsteady'
    ? { ...shownCell(shown), state: 'Unsteady', color: 'Default' }
    : state === 'missing'
      ? { ...shownCell(shown), state: 'Did not come' }
      : shownCell(shown);

const fill = template(source);

const shownRows = 10;

export const groupCard: CardView<GroupView> = (model, reader): Card => {
  const named = worstOfEach(model.members).slice(0, shownRows);
  // Once all problems are over, the names in the notes are enough.
  const rows = model.open > 0 ? named : [];
  return fill(
    {
      refresh: execute('Refresh', 'alert.show', { alert: model.id }),
      title: markdown(model.title, 200),
      line: [small(timeText(model, reader))],
      rows: rows.map((member) => memberRow(member, model.id, reader)),
      counts: counts(model, named),
      boxes: model.open > 0 ? [{ inlines: commonCauseRuns(model.cause, model.strays ?? []) }] : [],
      notes: notes(model, reader),
      actions: actions(model, reader),
    },
    dots([plain(model.title, 200), model.open > 0 && age(reader.now - model.since)]),
  );
};

/** Of a group that has ended, the cause that its line named; plain text. */
const judgedCause = ({ open, cause }: GroupView): string | undefined =>
  open > 0 || cause === undefined ? undefined : commonCauseText(cause);

const timeText = ({ since, endedAt, open }: GroupView, reader: Reader): string => {
  const began = clock(since, reader);
  if (open > 0) return `since ${began}, ${age(reader.now - since)}`;
  return endedAt === undefined
    ? `from ${began}`
    : `from ${began} to ${clock(endedAt, reader)}, ${age(endedAt - since)}`;
};

/** Who is not in a row, right below the rows. */
const counts = ({ total, open }: GroupView, named: readonly GroupMember[]) => {
  const more = total - named.length;
  const text = dots([
    open === 0 && named.map(({ agentName }) => plainName(agentName, 40)).join(', '),
    more > 0 && `and ${more} more`,
    open > 0 && (open < total || more > 0) && `${total - open} back so far`,
  ]);
  return text === '' ? [] : [{ inlines: [small(text)] }];
};

const notes = (model: GroupView, reader: Reader) => {
  const { open, ackedBy, acked, watches, members, changed } = model;
  const first = members.toSorted((a, b) => a.number - b.number)[0];
  const cause = judgedCause(model);
  return [
    ...(changed === undefined || open === 0
      ? []
      : [{ inlines: [run(commonChangeText(changed, open, reader))] }]),
    ...(cause === undefined ? [] : [{ inlines: [run(verdictText(cause, model.verdict))] }]),
    ...(ackedBy === undefined ? [] : [{ inlines: [run(acknowledgedText(ackedBy, reader))] }]),
    ...careLines(model, reader).map((line) => ({ inlines: [run(line)] })),
    {
      inlines: [
        small(
          dots([
            first !== undefined && `#${first.number}`,
            watchesLine(watches),
            acked !== undefined && `${acked} of ${open} acknowledged`,
            mutedText(model, reader),
          ]),
        ),
      ],
    },
  ];
};

/** Who joined since is not muted, and then it is not the whole group. */
const mutedText = (model: GroupView, reader: Reader): string => {
  const { open, muted } = model;
  if (open === 0 || muted === undefined || reader.now >= muted.until) return '';
  return isMuted(model, reader)
    ? `muted here until ${clock(muted.until, reader)}`
    : `${muted.agents} of ${open} muted here`;
};

const isMuted = ({ open, muted }: GroupView, { now }: Reader): boolean =>
  muted !== undefined && muted.agents >= open && now < muted.until;

const actions = (model: GroupView, reader: Reader): readonly Action[] => {
  const { id, total, open, ackedBy, filter } = model;
  const [watch] = model.watches;
  const operates = open > 0 && showsTo(reader, 'operator');
  return [
    ...(operates
      ? [
          ackedBy === undefined
            ? execute('Acknowledge', 'alert.ack', { alert: id })
            : execute('Give back', 'alert.unack', { alert: id }),
        ]
      : []),
    ...(filter === undefined
      ? []
      : [execute(`All ${total}`, 'agents.page', { filter, page: 1, alert: id })]),
    ...(operates
      ? [
          isMuted(model, reader)
            ? execute('Unmute', 'alert.unmute', { alert: id })
            : execute('Mute 1 h', 'alert.mute', { alert: id, for: '1h' }),
          execute('Note', 'alert.note', { alert: id }),
        ]
      : []),
    ...(watch === undefined || open === 0 ? [] : [changeWatch(watch, id)]),
    ...(judgedCause(model) === undefined ? [] : verdictButtons(id)),
  ];
};
