import { isOpen } from '../../core/alert-detail.ts';
import type { ToldAlert } from '../../core/told-alert.ts';
import type { Card, CardView, Reader } from '../../core/turn.ts';
import { type Action, execute, showsTo } from '../action.ts';
import { template } from '../card.ts';
import { plainName } from '../outside-text.ts';
import { dots, run, small } from '../rich-text.ts';
import { clock } from '../time.ts';
import { toldBy } from '../watch-line.ts';
import { acknowledgedText } from './acknowledged.ts';
import source from './alert.json' with { type: 'json' };
import { alertFace, alertToast } from './alert-face.ts';
import { changeWatch } from './change-watch.ts';
import { likelyRuns } from './likely.ts';

const fill = template(source);

/** One problem, from its beginning to its end. */
export const alertCard: CardView<ToldAlert> = (model, reader): Card => {
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

const notes = ({ number, detail, ackedBy, watch, mutedUntil }: ToldAlert, reader: Reader) => [
  ...(ackedBy === undefined ? [] : [{ inlines: [run(acknowledgedText(ackedBy, reader))] }]),
  ...(detail.state === 'unsteady' ? [{ inlines: [run(unsteadyText)] }] : []),
  {
    inlines: [
      small(
        dots([
          `#${number}`,
          toldBy(watch),
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

const actions = (model: ToldAlert, reader: Reader): readonly Action[] => {
  const { id, agentId, detail, ackedBy, watch, mutedUntil } = model;
  if (detail.state === 'gone') return [];
  const open = execute('Open', 'agent.show', { agent: agentId });
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
