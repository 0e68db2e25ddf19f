import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import { execute } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import { bold, dots, run, small } from '../../../ui/rich-text.ts';
import { timeRange } from '../../../ui/time.ts';
import { type HistoryPeriod, historySpans } from '../domain/period.ts';
import { byLost } from '../domain/trace-summary.ts';
import type { TargetHistory } from '../target-history.ts';
import { historyChart } from './chart.ts';
import { scoreText, targetFacts } from './facts.ts';
import { sourceNotes, traceText, windowText } from './figures.ts';
import source from './history.json' with { type: 'json' };

export interface HistoryModel {
  readonly agent: { readonly id: string; readonly name: string };
  readonly period: HistoryPeriod;
  /** The worst first. */
  readonly targets: readonly TargetHistory[];
  /** How many more targets the agent has. */
  readonly more?: number;
}

const fill = template(source);

/** As many windows as a person reads; the rest is counted. */
const shownWindows = 5;

/** One target over time. */
export const targetHistoryCard: CardView<
  Omit<HistoryModel, 'targets'> & { readonly target: TargetHistory }
> = ({ agent, period, target }, reader): Card => {
  const name = `${plainName(agent.name)} → ${plainName(target.session.name, 40)}`;
  return fill(
    {
      title: `${markdownName(agent.name)} → ${markdownName(target.session.name, 40)}`,
      about: [small(aboutText(period, reader))],
      ...factsOf(target),
      sections: windowSection(target, reader),
      rows: [],
      charts: historyChart(target, period),
      notes: sourceNotes(target, reader).map(asNote),
      actions: [
        ...spanButtons(agent.id, period, target.session.id),
        execute('Evidence', 'evidence.show', {
          agent: agent.id,
          session: target.session.id,
          span: period.span,
        }),
        execute('Open agent', 'agent.show', { agent: agent.id }),
      ],
    },
    dots([name, spanTitle(period), lineOf(target)]),
  );
};

/** All targets of an agent, the worst first. */
export const agentHistoryCard: CardView<HistoryModel> = (
  { agent, period, targets, more = 0 },
  reader,
): Card => {
  const notes = [
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(targets.length === 0 ? ['It has no targets, so there is nothing to show.'] : []),
    ...new Set(targets.flatMap((target) => sourceNotes(target, reader))),
  ];
  return fill(
    {
      title: markdownName(agent.name),
      about: [small(aboutText(period, reader))],
      hasFacts: false,
      facts: [],
      sections: [],
      rows: targets.map((target) => targetRow(agent.id, period, target, reader)),
      charts: [],
      notes: notes.map(asNote),
      actions: [
        ...spanButtons(agent.id, period),
        execute('Open agent', 'agent.show', { agent: agent.id }),
      ],
    },
    dots([
      plainName(agent.name),
      spanTitle(period),
      targets[0] && `${plainName(targets[0].session.name, 40)}: ${lineOf(targets[0])}`,
    ]),
  );
};

const asNote = (text: string) => ({ inlines: [small(text)] });

const spanTitle = ({ span }: HistoryPeriod): string => `last ${span}`;

const aboutText = (period: HistoryPeriod, reader: Reader): string =>
  dots([`History, ${spanTitle(period)}`, timeRange(period.from, period.until, reader)]);

/** What is most of interest in one line. */
const lineOf = ({ trace, scores }: TargetHistory): string =>
  (trace && traceText(trace)) || scoreText(scores) || 'nothing was measured';

const factsOf = (target: TargetHistory) => {
  const facts = targetFacts(target);
  return { hasFacts: facts.length > 0, facts };
};

const targetRow = (
  agent: string,
  { span }: HistoryPeriod,
  target: TargetHistory,
  reader: Reader,
) => {
  const worst = target.trace?.windows.toSorted(byLost)[0];
  const lines = [
    lineOf(target),
    ...(worst === undefined ? [] : [`worst: ${windowText(worst, reader)}`]),
  ];
  const name = plainName(target.session.name);
  return {
    open: execute(
      `History of ${plainName(target.session.name, 40)}`,
      'history.show',
      { agent, session: target.session.id, span },
      { tooltip: lines[0] ?? '' },
    ),
    name: [bold(`${name} ›`)],
    lines: lines.map((line) => ({ inlines: [small(line)] })),
  };
};

const windowSection = ({ trace, scores, noTrace }: TargetHistory, reader: Reader) => {
  if (trace === undefined || noTrace !== undefined) return poorSection(scores.poorRuns, reader);
  if (trace.measured === 0)
    return [section('Worst windows', ['Nothing was measured in this time.'])];
  const worst = trace.windows.toSorted(byLost);
  return [
    section('Worst windows', [
      ...worst.slice(0, shownWindows).map((window) => windowText(window, reader)),
      ...restText(worst.length),
      ...(worst.length === 0 ? ['In no five minutes 2 % of the packets were lost, or more.'] : []),
    ]),
  ];
};

const poorSection = (runs: TargetHistory['scores']['poorRuns'], reader: Reader) => {
  const longest = runs.toSorted((a, b) => b.until - b.from - (a.until - a.from) || a.from - b.from);
  return longest.length === 0
    ? []
    : [
        section('Poor for the longest', [
          ...longest
            .slice(0, shownWindows)
            .map(({ from, until }) => timeRange(from, until, reader)),
          ...restText(longest.length),
        ]),
      ];
};

const restText = (count: number): readonly string[] =>
  count > shownWindows ? [`and ${count - shownWindows} more`] : [];

const section = (heading: string, lines: readonly string[]) => ({
  heading,
  lines: lines.map((line) => ({ inlines: [run(line)] })),
});

const spanButtons = (agent: string, { span }: HistoryPeriod, session?: string) =>
  historySpans
    .filter((other) => other !== span)
    .map((other) =>
      execute(`Last ${other}`, 'history.show', {
        agent,
        span: other,
        ...optional('session', session),
      }),
    );
