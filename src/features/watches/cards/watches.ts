import type { AgentId } from '../../../platform/agent.ts';
import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { type Execute, execute, showsTo } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { bold, boxed, counted, dots, opening, small, type TextRun } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { latelyText, type SuppressedLately } from '../../silence/cards/suppressed-line.ts';
import type { NamedWatch } from '../domain/watch.ts';
import { ruleText } from './watch-line.ts';
import source from './watches.json' with { type: 'json' };

export interface WatchesModel {
  readonly watches: readonly (NamedWatch & {
    /** How many agents match now. Absent if the fleet is unknown. */
    readonly matching?: number;
  })[];
  /** Times in ms since 1970. */
  readonly mutes: readonly {
    /** '' = all agents. */
    readonly agentId: AgentId | '';
    readonly agentName: string;
    readonly until: number;
  }[];
  readonly maintenance: readonly {
    readonly filter: string;
    readonly from: number;
    readonly until: number;
    readonly by: string;
  }[];
  /** The watch that was ended just now, on this card. */
  readonly ended?: Pick<NamedWatch, 'number' | 'rule'>;
  /** What was held back here. Absent where nobody has counted yet. */
  readonly lately?: SuppressedLately;
}

const fill = template(source);

/** A longer card is hard to read. */
const shownRows = 20;

/** The watches of this conversation, and the mutes and maintenance windows that suppress them. */
export const watchesCard: CardView<WatchesModel> = (model, reader): Card => {
  const rows = [
    ...model.watches.map((watch) => watchRow(watch)),
    ...model.mutes.map((mute) => muteRow(mute, reader)),
    ...model.maintenance.map((window) => maintenanceRow(window, reader)),
  ];
  const more = rows.length - shownRows;
  const about = aboutText(model);
  const done = doneText(model);
  const lately = model.lately === undefined ? '' : latelyText(model.lately, reader);
  return fill(
    {
      about: [small(about)],
      boxes: boxed(done === '' ? undefined : done),
      rows: rows.slice(0, shownRows),
      notes: [
        ...(more > 0 ? [{ inlines: [small(`and ${more} more`)] }] : []),
        ...(lately === '' ? [] : [{ inlines: [small(`Held back: ${lately}`)] }]),
      ],
      actions: [
        execute('New watch', 'watch.create', {}),
        ...(lately === '' ? [] : [execute('Held back', 'watches.suppressed', { page: 1 })]),
      ],
    },
    dots([done, about]),
  );
};

const doneText = ({ ended }: WatchesModel): string =>
  ended === undefined ? '' : `Watch ${ended.number} has ended: ${ruleText(ended.rule)}`;

const aboutText = ({ watches, mutes, maintenance }: WatchesModel): string =>
  dots([
    watches.length === 0
      ? 'Nothing is watched here yet.'
      : counted(watches.length, 'watch', 'watches'),
    mutes.length > 0 && `${mutes.length} muted`,
    maintenance.length > 0 && counted(maintenance.length, 'maintenance window'),
  ]);

interface Row {
  readonly texts: readonly object[];
  readonly buttons: readonly { readonly action: Execute }[];
}

/** What a row is called and one line about it; the action is what a press on them does, if anything. */
const texts = (
  name: TextRun,
  line: string,
  action: { readonly selectAction?: Execute } = {},
): readonly object[] => [
  {
    type: 'Container',
    ...action,
    items: [
      { type: 'RichTextBlock', inlines: [name] },
      { type: 'RichTextBlock', inlines: [small(line)], spacing: 'None' },
    ],
  },
];

/** A press on the row changes the watch. */
const watchRow = (watch: WatchesModel['watches'][number]): Row => ({
  texts: texts(
    opening(`${watch.number} · ${ruleText(watch.rule)}`),
    dots([
      watch.matching === undefined ? '' : counted(watch.matching, 'agent'),
      `made by ${plainName(watch.madeBy)}`,
    ]),
    {
      selectAction: execute(
        `Change watch ${watch.number}`,
        'watch.edit',
        { watch: watch.id },
        { tooltip: ruleText(watch.rule) },
      ),
    },
  ),
  buttons: [
    {
      action: execute(
        'End',
        'watch.end',
        { watch: watch.id, list: true },
        { tooltip: `End watch ${watch.number}` },
      ),
    },
  ],
});

const muteRow = (
  { agentId, agentName, until }: WatchesModel['mutes'][number],
  reader: Reader,
): Row => {
  const who = agentId === '' ? 'All agents' : plainName(agentName);
  return {
    texts: texts(bold(who), `muted until ${clock(until, reader)}`),
    buttons: showsTo(reader, 'operator')
      ? [
          {
            action: execute(
              'Unmute',
              'mute.end',
              { agent: agentId },
              { tooltip: `Unmute ${plainName(who, 40)}` },
            ),
          },
        ]
      : [],
  };
};

const maintenanceRow = (
  { filter, from, until, by }: WatchesModel['maintenance'][number],
  reader: Reader,
): Row => ({
  texts: texts(
    bold(filter.trim() === '' ? 'All agents' : plain(filter, 80)),
    dots([
      `maintenance from ${clock(from, reader)} to ${clock(until, reader)}`,
      `by ${plainName(by)}`,
    ]),
  ),
  buttons: [],
});
