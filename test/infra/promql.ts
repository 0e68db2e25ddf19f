export interface Selector {
  readonly metric: string;
  /** Those in braces, with what they are compared with. */
  readonly matchers: readonly {
    readonly label: string;
    readonly operator: string;
    readonly value: string;
  }[];
}

export interface PromQl {
  readonly selectors: readonly Selector[];
  /** Labels that a `by` or `without` names. */
  readonly grouping: readonly string[];
}

const matcher = /(\w+)\s*(=~|!~|!=|=)\s*"((?:\\.|[^"\\])*)"/gu;
const grouping = /\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/gu;
const words = new Set(['and', 'or', 'unless', 'bool', 'offset']);

/** The metrics and labels that an expression speaks of. Knows as much of PromQL as rules and panels use. */
export const readPromQl = (expression: string): PromQl => {
  const labels = [...expression.matchAll(grouping)].flatMap(([, list = '']) =>
    list.split(',').map((label) => label.trim()),
  );
  const rest = expression.replace(grouping, ' ').replace(/\[[^\]]*\]/gu, '');
  const metrics =
    /(?<![\w"$])([a-zA-Z_:][\w:]*)\s*(\{(?:[^"}]|"(?:\\.|[^"\\])*")*\})?(?!\s*[\w({])/gu;
  const selectors = [...rest.matchAll(metrics)].flatMap(([, metric = '', braces = '']) =>
    words.has(metric)
      ? []
      : [
          {
            metric,
            matchers: [...braces.matchAll(matcher)].map(
              ([, label = '', operator = '', value = '']) => ({ label, operator, value }),
            ),
          },
        ],
  );
  return { selectors, grouping: labels.filter((label) => label !== '') };
};
