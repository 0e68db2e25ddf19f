import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { type Action, execute, showsTo } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plainName } from '../../../ui/escape.ts';
import { dots, run, small } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { likelyRuns } from '../../diagnosis/cards/likely.ts';
import { changeWatch, watchLine } from '../../watches/cards/watch-line.ts';
import { isOpen } from '../domain/alert-detail.ts';
import type { AlertView } from '../domain/alert-view.ts';
import source from './alert.json' with { type: 'json' };
import { acknowledgedText, alertFace, alertToast } from './alert-parts.ts';

const fill = template(source);

export const alertCard: CardView<AlertView> = (model, reader): Card => {
  const { id, detail, watch } = model;
  const likely = isOpen(detail) ? likelyRuns(detail) : [];
  return fill(
    {
      refresh: execute('Refresh', 'alert.show', { alert: id }),
      ...alertFace(detail, watch?.rule, reader),
      boxes: likely.length === 0 ? [] : [{ inlines: likely }],
      notes: notes(model, reader),
      actions: actions(model, reader),
    },
    alertToast(detail, reader),
  );
};

const notes = ({ number, detail, ackedBy, watch, mutedUntil }: AlertView, reader: Reader) => [
  ...(ackedBy === undefined ? [] : [{ inlines: [run(acknowledgedText(ackedBy, reader))] }]),
  ...(detail.state === 'unsteady' ? [{ inlines: [run(unsteadyText)] }] : []),
  {
    inlines: [
      small(
        dots([
          `#${number}`,
          watchLine(watch),
          detail.expected !== undefined && `expected quality ${plainName(detail.expected, 40)}`,
          isMuted(mutedUntil, reader) && `muted here until ${clock(mutedUntil, reader)}`,
        ]),
      ),
    ],
  },
];

const unsteadyText =
  'It changes too often to be told each time; you will be told when it is steady.';

const isMuted = (until: number | undefined, { now }: Reader): until is number =>
  until !== undefined && now < until;

const actions = (model: AlertView, reader: Reader): readonly Action[] => {
  const { id, agentId, detail, ackedBy, watch, mutedUntil } = model;
  if (detail.state === 'gone') return [];
  const open = execute('Open', 'agent.show', { agent: agentId, list: { alert: id } });
  if (detail.state === 'over' || detail.state === 'closed') return [open];
  const operates = showsTo(reader, 'operator');
  return [
    ...(operates && ackedBy === undefined
      ? [execute('Acknowledge', 'alert.ack', { alert: id })]
      : []),
    open,
    ...(operates
      ? [
          isMuted(mutedUntil, reader)
            ? execute('Unmute', 'mute.end', { agent: agentId })
            : execute('Mute 1 h', 'alert.mute', { alert: id, for: '1h' }),
        ]
      : []),
    ...(watch === undefined ? [] : [changeWatch(watch)]),
  ];
};
