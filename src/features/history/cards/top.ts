import type { Card, CardView } from '../../../platform/messenger.ts';
import { execute } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plainName } from '../../../ui/escape.ts';
import { bold, counted, dots, small } from '../../../ui/rich-text.ts';
import { clock, spanText } from '../../../ui/time.ts';
import { historySpans } from '../domain/period.ts';
import { type Top, type TopEntry, type TopKind, topKinds } from '../read-top.ts';
import source from './history.json' with { type: 'json' };

const fill = template(source);

/** As many as a person looks into. */
const shown = 10;
const dayMs = 24 * 60 * 60_000;

const titles: Readonly<Record<TopKind, string>> = {
  poor: 'Poor for the longest',
  flapping: 'Flapping the most',
  offline: 'Offline for the longest',
};

/** The worst by time. */
export const topCard: CardView<Top> = (top, reader): Card => {
  const { kind, period, entries, since, nothingStored } = top;
  const notes = [
    ...(entries.length > shown ? [`and ${entries.length - shown} more`] : []),
    ...(nothingStored
      ? ['Nothing is stored of this time, so nothing can be said of it.']
      : entries.length === 0
        ? [`No agent was ${kind}, as far as is stored.`]
        : []),
    ...(since === undefined ? [] : [sinceText(kind, clock(since, reader))]),
    ...(kind === 'flapping' && period.span !== '24h'
      ? [
          'Of what is older than a day one sample of each quarter of an hour is stored, so short changes are missing there.',
        ]
      : []),
  ];
  return fill(
    {
      title: titles[kind],
      about: [small(dots([`last ${period.span}`, counted(entries.length, 'agent')]))],
      hasFacts: false,
      facts: [],
      sections: [],
      rows: entries.slice(0, shown).map((entry) => row(entry, top)),
      charts: [],
      notes: notes.map((text) => ({ inlines: [small(text)] })),
      actions: [
        ...topKinds
          .filter((other) => other !== kind)
          .map((other) =>
            execute(titles[other], 'history.top', { kind: other, span: period.span }),
          ),
        ...historySpans
          .filter((span) => span !== period.span)
          .map((span) => execute(`Last ${span}`, 'history.top', { kind, span })),
      ],
    },
    dots([
      titles[kind],
      `last ${period.span}`,
      entries[0] && `${plainName(entries[0].agent.name)} ${amountText(entries[0], top)}`,
    ]),
  );
};

/** Time in Poor is stored by the hour for 90 days, changes of the word are not. */
const sinceText = (kind: TopKind, since: string): string =>
  kind === 'flapping'
    ? `Since ${since}: changes of the word are known for seven days at the most.`
    : `Since ${since}: nothing is known of before.`;

const row = (entry: TopEntry, top: Top) => {
  const { agent, target } = entry;
  const line = dots([target !== undefined && plainName(target, 40), amountText(entry, top)]);
  return {
    open: execute(
      `History of ${plainName(agent.name, 40)}`,
      'history.show',
      { agent: agent.id, span: top.period.span },
      { tooltip: line },
    ),
    name: [bold(`${plainName(agent.name)} ›`)],
    lines: [{ inlines: [small(line)] }],
  };
};

const amountText = ({ amount, ofMs }: TopEntry, { kind, period }: Top): string => {
  if (kind !== 'flapping')
    return `${kind === 'poor' ? 'Poor' : 'offline'} for ${spanText(amount)} of ${spanText(ofMs)}`;
  const days = Math.max(1, (ofMs || period.until - period.from) / dayMs);
  const perDay = amount / days;
  return `${perDay < 10 ? Math.round(perDay * 10) / 10 : Math.round(perDay)} changes of the word a day`;
};
