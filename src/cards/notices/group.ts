import { isPlace } from '../../core/common-cause.ts';
import type { ToldGroup, ToldMember } from '../../core/told-group.ts';
import type { Card, CardView, Reader } from '../../core/turn.ts';
import { type Action, execute, showsTo } from '../action.ts';
import { template } from '../card.ts';
import { markdown, plain, plainName } from '../outside-text.ts';
import { dots, run, small } from '../rich-text.ts';
import { age, clock } from '../time.ts';
import { toldBy } from '../watch-line.ts';
import { acknowledgedText } from './acknowledged.ts';
import { changeWatch } from './change-watch.ts';
import source from './group.json' with { type: 'json' };
import { memberRow, worstOfEach } from './group-members.ts';

const fill = template(source);

const shownRows = 10;

/** Problems that came together, on one card that lives as long as one of them does. */
export const groupCard: CardView<ToldGroup> = (model, reader): Card => {
  const named = worstOfEach(model.members).slice(0, shownRows);
  // Once all is over, who it was is enough.
  const rows = model.open > 0 ? named : [];
  return fill(
    {
      refresh: execute('Refresh', 'alert.show', { alert: model.id }),
      title: markdown(model.title, 200),
      line: [small(dots([timeText(model, reader), causeText(model)]))],
      rows: rows.map((member) => memberRow(member, reader)),
      notes: notes(model, named, reader),
      actions: actions(model, reader),
    },
    dots([plain(model.title, 200), model.open > 0 && age(reader.now - model.since)]),
  );
};

const timeText = ({ since, endedAt, open }: ToldGroup, reader: Reader): string => {
  const began = clock(since, reader);
  if (open > 0) return `since ${began}, ${age(reader.now - since)}`;
  return endedAt === undefined
    ? `from ${began}`
    : `from ${began} to ${clock(endedAt, reader)}, ${age(endedAt - since)}`;
};

/** What speaks for the cause; the title names it. */
const causeText = ({ cause, open }: ToldGroup): string => {
  if (cause === undefined || open === 0) return '';
  const { members, of } = cause;
  const share = members === of ? `all ${of} agents` : `${members} of the ${of} agents`;
  if (cause.kind === 'gateway') return `${share} behind this gateway`;
  if (cause.kind === 'target') return `${share} that measure it`;
  return isPlace(cause) ? `${share} there` : `${share} that have it`;
};

const notes = (model: ToldGroup, named: readonly ToldMember[], reader: Reader) => {
  const { total, open, ackedBy, watch, members } = model;
  const first = members.toSorted((a, b) => a.number - b.number)[0];
  const more = total - named.length;
  const counts = dots([
    open === 0 && named.map(({ agentName }) => plainName(agentName, 40)).join(', '),
    more > 0 && `and ${more} more`,
    open > 0 && (open < total || more > 0) && `${total - open} back so far`,
  ]);
  return [
    ...(counts === '' ? [] : [{ inlines: [small(counts)] }]),
    ...(ackedBy === undefined ? [] : [{ inlines: [run(acknowledgedText(ackedBy, reader))] }]),
    {
      inlines: [
        small(first === undefined ? toldBy(watch) : dots([`#${first.number}`, toldBy(watch)])),
      ],
    },
  ];
};

const actions = (model: ToldGroup, reader: Reader): readonly Action[] => {
  const { id, total, open, ackedBy, watch, filter } = model;
  const operates = open > 0 && showsTo(reader, 'operator');
  return [
    ...(operates && ackedBy === undefined
      ? [execute('Acknowledge', 'alert.ack', { alert: id })]
      : []),
    ...(filter === undefined ? [] : [execute(`All ${total}`, 'agents.page', { filter, page: 1 })]),
    ...(operates ? [execute('Mute 1 h', 'alert.mute', { alert: id, for: '1h' })] : []),
    ...(watch === undefined || open === 0 ? [] : [changeWatch(watch)]),
  ];
};
