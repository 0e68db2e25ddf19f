/** One object of a card's JSON. */
export type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object itself and every object in it, whatever its depth. */
export const nodesOf = (value: unknown): readonly Node[] => {
  const found: Node[] = [];
  const visit = (some: unknown): void => {
    if (typeof some !== 'object' || some === null) return;
    if (isNode(some)) found.push(some);
    for (const each of Object.values(some)) visit(each);
  };
  visit(value);
  return found;
};

export const ofType = (card: unknown, ...types: readonly string[]): readonly Node[] =>
  nodesOf(card).filter(({ type }) => types.some((one) => one === type));

export const executes = (card: unknown): readonly Node[] => ofType(card, 'Action.Execute');

export const inputs = (card: unknown): readonly Node[] =>
  nodesOf(card).filter(({ type }) => String(type).startsWith('Input.'));

const shown = [
  'text',
  'title',
  'label',
  'placeholder',
  'errorMessage',
  'tooltip',
  'altText',
  'legend',
];

/** Every string that a client may show, so the values of inputs apart. */
export const shownTexts = (card: unknown): readonly string[] =>
  nodesOf(card).flatMap((node) =>
    [...shown, 'value']
      .filter((key) => key !== 'value' || (node['type'] === undefined && 'title' in node))
      .map((key) => node[key])
      .filter((text) => typeof text === 'string'),
  );

export const titles = (actions: readonly Node[]): readonly unknown[] =>
  actions.map(({ title }) => title);

const listOf = (value: unknown): readonly Node[] =>
  Array.isArray(value) ? value.filter(isNode) : [];

/** The card's own buttons, without those in its rows. */
export const rootActions = (card: Node): readonly Node[] => listOf(card['actions']);
