import type { Reader } from '../../../platform/messenger.ts';
import { openRow } from '../../../ui/action.ts';
import { dots, opening, run, small } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import type { Mover, WeekComparison, Weeks } from '../domain/weeks.ts';
import { type DigestNames, measuredName, type Section } from './digest-sections.ts';

const shownMovers = 3;

/** This week and the one before, in words; what cannot be compared is said. */
export const weeksSection = (
  weeks: Weeks | undefined,
  called: DigestNames,
  reader: Reader,
): readonly Section[] => {
  if (weeks === undefined) return [];
  const heading = 'This week and the one before';
  if (!('now' in weeks)) return [{ heading, rows: [], notes: [note(unknownText(weeks, reader))] }];
  const movers = weeks.movers.filter(({ agent }) => called.names.has(agent));
  const more = movers.length - shownMovers;
  return [
    {
      heading,
      rows: [],
      notes: [
        ...linesOf(weeks, movers.length).map((text) => ({ inlines: [run(text)] })),
        note(`The last seven days up to ${clock(weeks.until, reader)}, by the hour.`),
      ],
    },
    ...(movers.length === 0
      ? []
      : [
          {
            heading: 'Score fell the most',
            rows: movers.slice(0, shownMovers).map((mover) => moverRow(mover, called)),
            notes: more > 0 ? [note(`and ${more} more by 5 points or more`)] : [],
          },
        ]),
  ];
};

const note = (text: string) => ({ inlines: [small(text)] });

const unknownText = ({ since }: { readonly since?: number }, reader: Reader): string =>
  since === undefined
    ? 'No comparison yet: no scores are stored by the hour.'
    : `No comparison yet: scores are stored by the hour since ${clock(since, reader)} alone.`;

const linesOf = ({ now, before }: WeekComparison, movers: number): readonly string[] => [
  `Poor for ${shareText(now.poorShare)} of the measured time, before ${shareText(before.poorShare)}`,
  ...(now.mean === undefined || before.mean === undefined
    ? []
    : [`Score ${tenth(now.mean)} on average, before ${tenth(before.mean)}`]),
  ...(movers === 0 ? ['No target fell by 5 points or more'] : []),
];

const tenth = (value: number): number => Math.round(10 * value) / 10;

/** What is there is never rounded to nothing. */
const shareText = (share: number): string =>
  share > 0 && share < 0.001 ? 'under 0.1 %' : `${tenth(100 * share)} %`;

const moverRow = (mover: Mover, called: DigestNames) => {
  const { agent, before, now } = mover;
  const line = dots([`score ${Math.round(now)} on average`, `before ${Math.round(before)}`]);
  const name = measuredName(mover, called);
  return {
    open: openRow(called.names.get(agent) ?? 'agent', dots([name, line]), { agent }),
    name: [opening(name)],
    hasLine: true,
    line: [small(line)],
  };
};
