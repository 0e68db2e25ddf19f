import type { AgentId } from '../../../platform/agent.ts';
import type { Card, CardView } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import { execute, withoutInputs } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import { boxed } from '../../../ui/rich-text.ts';
import type { Origin } from '../../fleet/domain/list.ts';
import source from './rename.json' with { type: 'json' };

export interface RenameModel {
  readonly agentId: AgentId;
  readonly name: string;
  /** What was typed before, verbatim. */
  readonly value?: string;
  readonly problem?: string;
  readonly list?: Origin;
}

const fill = template(source);

export const renameCard: CardView<RenameModel> = ({
  agentId,
  name,
  value = name,
  problem,
  list,
}): Card => {
  const target = { agent: agentId, ...optional('list', list) };
  return fill(
    {
      name: markdownName(name),
      problems: boxed(problem),
      value,
      actions: [
        execute('Save', 'agent.rename', target),
        execute('Cancel', 'agent.show', target, withoutInputs),
      ],
    },
    `Rename ${plainName(name)}`,
  );
};
