import type { CardView } from '../../../platform/messenger.ts';
import { runCommand } from '../../../ui/action.ts';
import { statement } from '../../../ui/plain-cards.ts';

export interface LimitsRightModel {
  /** Whether the key may read trace data. */
  readonly readable: boolean;
  /** The numbers of the watches of the conversation that have limits. */
  readonly watches: readonly number[];
}

/** Limits that are not followed look like limits that hold, so it is said. */
export const limitsRightCard: CardView<LimitsRightModel> = ({ readable, watches }) => {
  const [first = 0, ...others] = watches;
  const of = others.length === 0 ? `watch ${first}` : `watches ${watches.join(', ')}`;
  const title = readable ? 'Limits are followed again' : 'Limits are not followed';
  return statement(
    {
      title,
      line: of,
      sentence: readable
        ? 'The PingPlotter key may read trace data again.'
        : 'The PingPlotter key may not read trace data any more, which limits of latency, loss and jitter need. Nothing is told of them until it may; all else that these watches follow goes on. An administrator can give the key the right.',
      actions: [runCommand('Watches', 'watches'), runCommand('Health', 'health')],
    },
    `${title} · ${of}`,
  );
};
