import { createRequire } from 'node:module';

interface ParseEvent {
  readonly message: string;
}

interface Parsing {
  readonly eventCount: number;
  getEventAt(index: number): ParseEvent;
}

/** As much of the official renderer as parsing needs; its own types do not pass a strict compiler. */
interface Official {
  readonly AdaptiveCard: new () => {
    hostConfig: object;
    parse(json: object, context: Parsing): void;
    validateProperties(): { readonly validationEvents: readonly ParseEvent[] };
  };
  readonly SerializationContext: new () => Parsing;
  readonly HostConfig: new (config: object) => object;
}

// The package's ES modules name each other without extensions, so Node loads its bundle only.
const official: Official = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');

/**
 * What the official parser has to say against a card: nothing, when it is right. Charts and code are
 * Teams' own: other clients show their fallback.
 */
export const complaints = (json: object): readonly string[] => {
  const card = new official.AdaptiveCard();
  // Teams shows six buttons and the overflow; the default host shows five and has none.
  card.hostConfig = new official.HostConfig({ actions: { maxActions: 10 } });
  const parsing = new official.SerializationContext();
  card.parse(json, parsing);
  return [
    ...Array.from({ length: parsing.eventCount }, (_, index) => parsing.getEventAt(index).message),
    ...card.validateProperties().validationEvents.map(({ message }) => message),
  ].filter(
    (message) =>
      !/^Unknown element type "(Chart\.(Line|HorizontalBar\.Stacked)|CodeBlock)"/.test(message),
  );
};
