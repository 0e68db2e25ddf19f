import type { AgentId } from '../core/agent.ts';
import { optional } from '../core/optional.ts';
import type { Card, CardView } from '../core/turn.ts';
import type { ListPlace } from '../core/verbs.ts';
import { execute, withoutInputs } from './action.ts';
import { boxed } from './box.ts';
import { template } from './card.ts';
import { markdownName, plainName } from './outside-text.ts';
import source from './rename.json' with { type: 'json' };

export interface RenameModel {
  readonly agentId: AgentId;
  readonly name: string;
  /** What was typed before, verbatim. */
  readonly value?: string;
  readonly problem?: string;
  readonly list?: ListPlace;
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
