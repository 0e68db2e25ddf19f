import type { OutboxItem } from '../core/outbox.ts';
import type { Installation } from '../core/stores.ts';
import type { Card } from '../core/turn.ts';

export interface Rendered {
  readonly card: Card;
  /** The outbox's card in whose thread it belongs, where there are threads; its own if left out. */
  readonly follows?: string;
  /** A message that shows it already is changed; none is posted. */
  readonly inPlaceOnly?: boolean;
}

/** The newest state of what a row tells, or nothing if there is nothing to tell any more. */
export type Render = (item: OutboxItem, place: Installation) => Promise<Rendered | undefined>;
