import type { Card, CardView } from '../../../platform/messenger.ts';
import { runCommand } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import { dots, small } from '../../../ui/rich-text.ts';
import { clock } from '../../../ui/time.ts';
import { backTo } from '../../fleet/cards/agent-actions.ts';
import type { Origin } from '../../fleet/domain/list.ts';
import source from './deleted.json' with { type: 'json' };

export interface RemovedModel {
  readonly name: string;
  readonly uninstall: boolean;
  readonly by: string;
  /** ms since 1970 */
  readonly at: number;
  readonly list?: Origin;
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
