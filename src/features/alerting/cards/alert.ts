import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import {
  type Action,
  execute,
  flatLimit,
  inOverflow,
  openUrl,
  showsTo,
} from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plainName } from '../../../ui/escape.ts';
import { dots, run, small } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { causeText, diagnosisRuns } from '../../diagnosis/cards/likely.ts';
import { changeWatch, watchesLine } from '../../watches/cards/watch-line.ts';
import { isOpen, openRows, worstRow } from '../domain/alert-detail.ts';
import type { AlertView } from '../domain/alert-view.ts';
import source from './alert.json' with { type: 'json' };
import { acknowledgedText, alertFace, alertToast } from './alert-parts.ts';
import { careLines } from './care-lines.ts';
import { justBeforeText } from './just-before.ts';
import { verdictButtons, verdictText } from './verdict.ts';

const fill = template(source);

export const alertCard: CardView<AlertView> = (model, reader): Card => {
  const { id, detail, watches } = model;
  const worst = worstRow(detail.rows);
  const likely = isOpen(detail) ? diagnosisRuns(detail, worst?.target) : [];
  const rule = watches.find((watch) => worst?.watchIds.includes(watch.id))?.rule;
  return fill(
    {
      refresh: execute('Refresh', 'alert.show', { alert: id }),
      ...alertFace(detail, rule, reader),
      boxes: likely.length === 0 ? [] : [{ inlines: likely }],
      notes: notes(model, reader),
      actions: actions(model, reader),
    },
    alertToast(detail, reader),
  );
};

/** Of an alert that has ended, the cause that its line named; plain text. */
const judgedCause = ({ detail }: AlertView): string | undefined =>
  isOpen(detail) || detail.state === 'merged' || detail.diagnosis === undefined
    ? undefined
    : causeText(detail.diagnosis, worstRow(detail.rows)?.target);

const notes = (model: AlertView, reader: Reader) => {
  const { number, detail, ackedBy, watches, mutedUntil } = model;
  const expected = worstRow(detail.rows)?.expected;
  const isUnsteady = openRows(detail).some(({ state }) => state === 'unsteady');
  const { justBefore } = detail;
  const cause = judgedCause(model);
  return [
    ...(cause === undefined ? [] : [{ inlines: [run(verdictText(cause, model.verdict))] }]),
    ...(justBefore === undefined || !isOpen(detail)
      ? []
      : [{ inlines: [run(justBeforeText(justBefore, reader))] }]),
    ...(ackedBy === undefined ? [] : [{ inlines: [run(acknowledgedText(ackedBy, reader))] }]),
    ...careLines(model, reader).map((line) => ({ inlines: [run(line)] })),
    ...(isUnsteady ? [{ inlines: [run(unsteadyText)] }] : []),
    {
      inlines: [
        small(
          dots([
            `#${number}`,
            watchesLine(watches),
            expected !== undefined && `measured for ${plainName(expected, 40)}`,
            isMuted(mutedUntil, reader) && `muted here until ${clock(mutedUntil, reader)}`,
          ]),
        ),
      ],
    },
  ];
};

const unsteadyText =
  'It changes too often to be told each time; you will be told when it is steady.';

const isMuted = (until: number | undefined, { now }: Reader): until is number =>
  until !== undefined && now < until;

const actions = (model: AlertView, reader: Reader): readonly Action[] => {
  const { id, agentId, detail, ackedBy, watches, mutedUntil, page } = model;
  const verdict = judgedCause(model) === undefined ? [] : verdictButtons(id);
  if (detail.state === 'gone' || detail.state === 'merged') return verdict;
  const open = execute('Open', 'agent.show', { agent: agentId, list: { alert: id } });
  const own = page === undefined ? [] : [openUrl('Open in PingPlotter', page)];
  if (!isOpen(detail)) return [open, ...own, ...verdict];
  const operates = showsTo(reader, 'operator');
  const [watch] = watches;
  const care =
    ackedBy === undefined
      ? execute('Acknowledge', 'alert.ack', { alert: id })
      : execute('Give back', 'alert.unack', { alert: id });
  const shown = [
    ...(operates ? [care] : []),
    open,
    ...(operates
      ? [
          isMuted(mutedUntil, reader)
            ? execute('Unmute', 'alert.unmute', { alert: id })
            : execute('Mute 1 h', 'alert.mute', { alert: id, for: '1h' }),
          execute('Note', 'alert.note', { alert: id }),
        ]
      : []),
    ...(watch === undefined ? [] : [changeWatch(watch, id)]),
  ];
  return [
    ...shown,
    ...own.map((link) => (shown.length < flatLimit ? link : { ...link, ...inOverflow })),
  ];
};
