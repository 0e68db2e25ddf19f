import { optional } from '../core/optional.ts';
import type { AgentView } from '../core/overview.ts';
import type { Reader } from '../core/turn.ts';
import type { ListPlace } from '../core/verbs.ts';
import { type Action, backTo, execute, primaryLimit, showsTo, toggle } from './action.ts';

/** The buttons below an agent: what makes sense now, for who may press it. */
export const agentActions = (
  view: AgentView,
  list: ListPlace | undefined,
  reader: Reader,
): readonly Action[] => {
  const target = { agent: view.agent.id, ...optional('list', list) };
  const acting = showsTo(reader, 'operator') ? actingOn(view, target) : [];
  const rest = [...acting, toggle('Details', 'details'), ...backTo(list)];
  const crowded = rest.length >= primaryLimit;
  return [
    ...rest,
    execute('Refresh', 'agent.show', target, crowded ? { mode: 'secondary' } : {}),
    ...(!view.agent.deleted && showsTo(reader, 'admin')
      ? [execute('Delete', 'agent.delete', target, { mode: 'secondary' })]
      : []),
  ];
};

interface Target {
  readonly agent: string;
  readonly list?: ListPlace;
}

const actingOn = ({ agent, sessions }: AgentView, target: Target): readonly Action[] => {
  if (agent.deleted) return [];
  const live = !agent.template;
  const running = sessions.some(({ state }) => state === 'active');
  // A session that is not reported may be paused.
  const resting = sessions.some(({ state }) => state !== 'active');
  return [
    ...(live && running ? [execute('Pause all', 'agent.pause', target)] : []),
    ...(live && resting ? [execute('Resume all', 'agent.resume', target)] : []),
    ...(live && agent.online ? [execute('Reconnect', 'agent.reconnect', target)] : []),
    execute('Rename', 'agent.rename', target),
  ];
};
