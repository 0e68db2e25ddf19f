import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { type Action, execute, inOverflow, showsTo, toggle } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { bold, boxed, counted, dots, opening, small } from '../../../ui/rich-text.ts';
import { age, clock } from '../../../ui/time.ts';
import { isOpen, sinceOf, worstRow } from '../domain/alert-detail.ts';
import type { AlertView } from '../domain/alert-view.ts';
import { alertToast } from './alert-parts.ts';
import source from './alerts.json' with { type: 'json' };
import { shownCell } from './shown-text.ts';

export interface AlertsModel {
  /** All that were asked for, in their order. */
  readonly alerts: readonly AlertView[];
  /** Counts from 1. */
  readonly page: number;
  /** As typed after the command's name. */
  readonly asked: string;
  /** Of other conversations too, which no button here can open. */
  readonly everywhere?: true;
  /** What was not done with some of those that were ticked; plain text. */
  readonly notice?: string;
}

const fill = template(source);

const onPage = 10;

export const alertsCard: CardView<AlertsModel> = (model, reader): Card => {
  const { alerts, asked, everywhere } = model;
  const pages = Math.max(1, Math.ceil(alerts.length / onPage));
  const page = Math.min(Math.max(1, model.page), pages);
  const shown = alerts.slice((page - 1) * onPage, page * onPage);
  const open = shown.filter(({ detail }) => isOpen(detail));
  const acts = everywhere !== true && open.length > 0 && showsTo(reader, 'operator');
  const about = aboutText(model, page, pages);
  return fill(
    {
      title: everywhere === true ? 'Alerts everywhere' : 'Alerts here',
      boxes: boxed(model.notice || undefined),
      about: [small(about)],
      rows: shown.map((alert) => alertLine(alert, reader, everywhere !== true)),
      several: acts
        ? [{ choices: open.map((alert) => choice(alert, reader)), buttons: acting(asked, page) }]
        : [],
      actions: [
        ...(acts ? [toggle('Act on several', 'several')] : []),
        ...paging(page, pages, asked),
      ],
    },
    about,
  );
};

const acting = (asked: string, page: number): readonly Action[] => [
  execute('Acknowledge these', 'alerts.ack', { asked, page }),
  execute('Mute these for 1 h', 'alerts.mute', { asked, page }),
];

const paging = (page: number, pages: number, asked: string): readonly Action[] => [
  ...(page > 1 ? [execute('Previous', 'alerts.page', { asked, page: page - 1 })] : []),
  ...(page < pages ? [execute('Next', 'alerts.page', { asked, page: page + 1 })] : []),
  execute('Refresh', 'alerts.page', { asked, page }, page === pages ? {} : inOverflow),
];

const aboutText = ({ alerts, asked }: AlertsModel, page: number, pages: number): string => {
  const what = asked === '' ? '' : plain(`“${asked}”`, 80);
  if (alerts.length === 0 && what === '') return 'No alert is open here.';
  if (alerts.length === 0) return `No alert is open for what was asked: ${what}`;
  const open = alerts.filter(({ detail }) => isOpen(detail));
  const free = open.filter(({ ackedBy }) => ackedBy === undefined).length;
  const ended = alerts.length - open.length;
  return dots([
    `${counted(open.length, 'open alert')}`,
    `${free} not acknowledged`,
    ended > 0 && `${ended} ended`,
    what,
    pages > 1 && `page ${page} of ${pages}`,
  ]);
};

const alertLine = (alert: AlertView, reader: Reader, opens: boolean) => {
  const { id, number, detail, ackedBy, assignedTo, mutedUntil } = alert;
  const worst = worstRow(detail.rows);
  const toast = alertToast(detail, reader);
  const open = isOpen(detail);
  const cell = worst === undefined ? undefined : shownCell(worst.shown);
  return {
    ...(opens ? { open: execute(`Open #${number}: ${toast}`, 'alert.show', { alert: id }) } : {}),
    name: [(opens ? opening : bold)(`#${number} ${plainName(detail.agentName, 60)}`)],
    line: [
      small(
        dots([
          open
            ? `since ${clock(sinceOf(detail), reader)}, ${age(reader.now - sinceOf(detail))}`
            : `ended ${clock(detail.endedAt ?? reader.now, reader)}`,
          ackedBy === undefined
            ? open && 'nobody has it'
            : `acknowledged by ${plainName(ackedBy.name)}`,
          assignedTo !== undefined && `assigned to ${plainName(assignedTo)}`,
          mutedUntil !== undefined && reader.now < mutedUntil && 'muted',
        ]),
      ),
    ],
    state: cell?.state ?? '',
    color: cell?.color ?? 'Default',
    isSubtle: cell?.isSubtle ?? true,
  };
};

const choice = ({ number, detail }: AlertView, reader: Reader) => ({
  title: `#${number} ${alertToast(detail, reader)}`,
  value: `${number}`,
});
