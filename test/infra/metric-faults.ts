import { readPromQl, type Selector } from './promql.ts';
import { families } from './told-metrics.ts';

/** The labels that Prometheus itself adds. */
export const ofPrometheus: readonly string[] = ['job', 'instance'];

const labelsOf = (metric: string): readonly string[] => [
  ...(families.get(metric)?.labels.keys() ?? []),
  ...ofPrometheus,
];

/** Each of several values has to be one that the label can have. */
const neverHas = (
  metric: string,
  { label, operator, value }: Selector['matchers'][number],
): boolean => {
  const known = families.get(metric)?.labels.get(label);
  if (known === undefined) return false;
  const asked = operator.includes('~') ? value.split('|') : [value];
  const isKnown = (one: string): boolean =>
    operator.includes('~')
      ? [...known].some((candidate) => new RegExp(`^(?:${one})$`, 'u').test(candidate))
      : known.has(one);
  return !asked.every(isKnown);
};

const selectorFaults = ({ metric, matchers }: Selector): readonly string[] => {
  if (metric !== 'up' && !families.has(metric)) return [`no metric ${metric}`];
  return matchers.flatMap((matcher) => {
    if (!labelsOf(metric).includes(matcher.label))
      return [`${metric} has no label ${matcher.label}`];
    return neverHas(metric, matcher)
      ? [`${metric} never has ${matcher.label} ${matcher.value}`]
      : [];
  });
};

/** A rate is of something that only grows, and what only grows is seen by its rate. */
const rateFaults = (expression: string, selectors: readonly Selector[]): readonly string[] => {
  const rated = [...expression.matchAll(/\b(?:rate|increase)\((\w+)/gu)].map(([, name]) => name);
  return selectors.flatMap(({ metric }) => {
    const kind = families.get(metric)?.kind;
    if (kind === undefined) return [];
    const grows = kind === 'counter' || kind === 'histogram';
    if (rated.includes(metric) === grows) return [];
    return grows ? [`${metric} without a rate`] : [`a rate of ${metric}`];
  });
};

/** What an expression asks for that the bot does not tell. */
export const faultsOf = (expression: string): readonly string[] => {
  const { selectors, grouping } = readPromQl(expression);
  const labels = selectors.flatMap(({ metric }) => labelsOf(metric));
  return [
    ...selectors.flatMap(selectorFaults),
    ...grouping.filter((label) => !labels.includes(label)).map((label) => `no label ${label}`),
    ...rateFaults(expression, selectors),
  ];
};
