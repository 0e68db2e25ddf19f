import type { Card, CardView } from '../../../platform/messenger.ts';
import { fold } from '../../../shared/fold.ts';
import { execute } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import { dots, run, small } from '../../../ui/rich-text.ts';
import { timeRange } from '../../../ui/time.ts';
import { type HistoryPeriod, historySpans } from '../domain/period.ts';
import { byWorstTarget } from '../domain/worst-target.ts';
import type { TargetHistory } from '../target-history.ts';
import { scoreText } from './facts.ts';
import { sourceNotes, traceText } from './figures.ts';
import source from './history.json' with { type: 'json' };

export interface ComparedAgent {
  readonly id: string;
  readonly name: string;
  readonly targets: readonly TargetHistory[];
}

export interface CompareModel {
  readonly agents: readonly [ComparedAgent, ComparedAgent];
  readonly period: HistoryPeriod;
}

const fill = template(source);

/** Two agents side by side, target by target. */
export const compareCard: CardView<CompareModel> = ({ agents, period }, reader): Card => {
  const [first, second] = agents;
  const pairs = pairsOf(first, second);
  const notes = [
    ...(pairs.length === 0 ? ['They have no target in common.'] : []),
    ...agents.flatMap((agent, index) => onlyText(agent, agents[1 - index] ?? agent)),
    ...new Set(agents.flatMap(({ targets }) => targets.flatMap((one) => sourceNotes(one, reader)))),
  ];
  const title = `${plainName(first.name, 40)} and ${plainName(second.name, 40)}`;
  return fill(
    {
      title: `${markdownName(first.name, 40)} and ${markdownName(second.name, 40)}`,
      about: [
        small(
          dots([`Compared, last ${period.span}`, timeRange(period.from, period.until, reader)]),
        ),
      ],
      hasFacts: false,
      facts: [],
      sections: pairs.map(([a, b]) => ({
        heading: markdownName(a.session.name, 40),
        lines: [
          { inlines: [run(`${plainName(first.name, 40)}: ${lineOf(a)}`)] },
          { inlines: [run(`${plainName(second.name, 40)}: ${lineOf(b)}`)] },
        ],
      })),
      rows: [],
      charts: [],
      notes: notes.map((text) => ({ inlines: [small(text)] })),
      actions: [
        ...historySpans
          .filter((span) => span !== period.span)
          .map((span) =>
            execute(`Last ${span}`, 'history.compare', { agent: first.id, other: second.id, span }),
          ),
        ...agents.map(({ id, name }) =>
          execute(`History of ${plainName(name, 30)}`, 'history.show', {
            agent: id,
            span: period.span,
          }),
        ),
      ],
    },
    dots([`${title} compared`, `last ${period.span}`]),
  );
};

type Pair = readonly [TargetHistory, TargetHistory];

/** Targets of the same name or address, those first that are worst on one of them. */
const pairsOf = (a: ComparedAgent, b: ComparedAgent): readonly Pair[] =>
  a.targets
    .flatMap((target): readonly Pair[] => {
      const same = b.targets.find((other) => isSame(target, other));
      return same === undefined ? [] : [[target, same]];
    })
    .toSorted((one, other) => byWorstTarget(worstOf(one), worstOf(other)));

const worstOf = ([a, b]: Pair): TargetHistory => (byWorstTarget(a, b) <= 0 ? a : b);

const isSame = ({ session: a }: TargetHistory, { session: b }: TargetHistory): boolean =>
  fold(a.name) === fold(b.name) || (a.address !== undefined && a.address === b.address);

const onlyText = (agent: ComparedAgent, other: ComparedAgent): readonly string[] => {
  const alone = agent.targets.filter((target) => !other.targets.some((one) => isSame(target, one)));
  return alone.length === 0
    ? []
    : [
        `Only ${plainName(agent.name, 40)} has ${alone.map(({ session }) => plainName(session.name, 30)).join(', ')}.`,
      ];
};

const lineOf = ({ trace, scores }: TargetHistory): string =>
  dots([trace && traceText(trace), scoreText(scores)]) || 'nothing was measured';
