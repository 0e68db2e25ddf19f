import type { Card, CardView } from '../core/turn.ts';
import type { ListPlace } from '../core/verbs.ts';
import { backTo, runCommand } from './action.ts';
import { template } from './card.ts';
import { markdownName, plainName } from './outside-text.ts';
import source from './removed.json' with { type: 'json' };
import { dots, small } from './rich-text.ts';
import { clock } from './time.ts';

export interface RemovedModel {
  readonly name: string;
  readonly uninstall: boolean;
  readonly by: string;
  /** ms since 1970 */
  readonly at: number;
  readonly list?: ListPlace;
}

const fill = template(source);

export const removedCard: CardView<RemovedModel> = (
  { name, uninstall, by, at, list },
  reader,
): Card => {
  const line = dots([
    `by ${plainName(by)} at ${clock(at, reader)}`,
    uninstall ? 'PingPlotter is being uninstalled from the device' : undefined,
  ]);
  return fill(
    {
      name: markdownName(name),
      line: [small(line)],
      actions: list === undefined ? [runCommand('Agents', 'agents')] : backTo(list),
    },
    `${plainName(name)} is deleted · ${line}`,
  );
};
