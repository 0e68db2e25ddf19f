export interface ExecuteAction {
  readonly type: string;
  readonly title?: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly mode?: string;
  readonly tooltip?: string;
}

export type CardContent = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything in a card that is an object, from the outside in. */
export const elementsOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] => {
  const found: Readonly<Record<string, unknown>>[] = [];
  const take = (part: unknown): void => {
    if (isRecord(part)) found.push(part);
    if (typeof part === 'object' && part !== null)
      for (const inner of Object.values(part)) take(inner);
  };
  take(value);
  return found;
};

/** All buttons and pressable rows of a card that run a verb; the automatic refresh is none of them. */
export const executesOf = (card: CardContent): readonly ExecuteAction[] => {
  const { refresh: _, ...shown } = card;
  return executesIn(shown);
};

/** What Teams asks by itself when somebody sees the card. */
export const refreshOf = ({ refresh }: CardContent): ExecuteAction | undefined =>
  executesIn(refresh)[0];

const executesIn = (value: unknown): readonly ExecuteAction[] =>
  elementsOf(value).flatMap((element) =>
    element['type'] === 'Action.Execute' && typeof element['verb'] === 'string'
      ? [
          {
            type: 'Action.Execute',
            verb: element['verb'],
            data: isRecord(element['data']) ? element['data'] : {},
            ...(typeof element['title'] === 'string' ? { title: element['title'] } : {}),
            ...(typeof element['tooltip'] === 'string' ? { tooltip: element['tooltip'] } : {}),
            ...(typeof element['mode'] === 'string' ? { mode: element['mode'] } : {}),
          },
        ]
      : [],
  );

/** The words on a card, as a person reads them, in order. */
export const wordsOf = (card: CardContent): string =>
  elementsOf(card)
    .flatMap((element) =>
      ['text', 'title', 'value', 'label', 'placeholder'].flatMap((key) =>
        typeof element[key] === 'string' && element['type'] !== 'AdaptiveCard'
          ? [element[key]]
          : [],
      ),
    )
    .join('\n');
