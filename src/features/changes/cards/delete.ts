import type { Card, CardView } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import { execute, withoutInputs } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { markdownName, plainName } from '../../../ui/escape.ts';
import { boxed, dots, small } from '../../../ui/rich-text.ts';
import { stateText } from '../../../ui/status.ts';
import { clock } from '../../../ui/time.ts';
import { agentLine } from '../../fleet/cards/agent-line.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import { fullName } from '../../fleet/domain/distinction.ts';
import type { Origin } from '../../fleet/domain/list.ts';
import source from './delete.json' with { type: 'json' };

export interface DeleteModel {
  readonly view: AgentView;
  readonly token: string;
  /** ms since 1970 */
  readonly expiresAt: number;
  readonly problem?: string;
  readonly list?: Origin;
}

const fill = template(source);

export const deleteCard: CardView<DeleteModel> = (
  { view, token, expiresAt, problem, list },
  reader,
): Card => {
  const { agent } = view;
  const target = { agent: agent.id, ...optional('list', list) };
  const short = plainName(fullName(agent, 30), 30);
  const line = agent.template
    ? 'Template'
    : dots([stateText(view.statusWord, view.score), agentLine(view, reader)]);
  const canUninstall = agent.online && !agent.template;
  const holds = `Valid until ${clock(expiresAt, reader)}.`;
  return fill(
    {
      name: markdownName(fullName(agent)),
      hasLine: line !== '',
      line: [small(line)],
      boxes: [...boxed(problem), ...boxed(lossText(view))],
      canUninstall,
      notes: [small(canUninstall || agent.template ? holds : `${offlineText} ${holds}`)],
      actions: [
        execute(`Delete ${short}`, 'agent.delete', { ...target, token }),
        execute('Keep', 'agent.show', target, withoutInputs),
      ],
    },
    `Delete ${plainName(fullName(agent))}?`,
  );
};

const lossText = ({ agent, sessions }: AgentView): string => {
  if (agent.template) return 'No agent can be made from it any more. This cannot be taken back.';
  const targets = agent.openSessions ?? sessions.length;
  const what = targets === 0 ? 'It' : targets === 1 ? 'Its target' : `Its ${targets} targets`;
  return `${what} will no longer be measured. This cannot be taken back.`;
};

const offlineText = 'It is offline, so PingPlotter cannot be uninstalled from the device.';
