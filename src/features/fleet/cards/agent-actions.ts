import type { Reader } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import type { Role } from '../../../shared/role.ts';
import {
  type Action,
  type Execute,
  execute,
  inOverflow,
  primaryLimit,
  showsTo,
  toggle,
  withoutInputs,
} from '../../../ui/action.ts';
import type { AgentView } from '../domain/agent-view.ts';
import type { Origin } from '../domain/list.ts';

export const backTo = (from: Origin | undefined): readonly Execute[] => {
  if (from === undefined) return [];
  return 'filter' in from
    ? [execute('Back to list', 'agents.page', from)]
    : backToAlert(from.alert);
};

export const backToAlert = (alert: string | undefined): readonly Execute[] =>
  alert === undefined ? [] : [execute('Back to alert', 'alert.show', { alert }, withoutInputs)];

/** The buttons below an agent: what makes sense now, for who may press it. */
export const agentActions = (
  view: AgentView,
  {
    hasTrend,
    list,
    onlyReads,
  }: { readonly hasTrend: boolean; readonly list?: Origin; readonly onlyReads?: true },
  reader: Reader,
): readonly Action[] => {
  const target = {
    agent: view.agent.id,
    ...optional('list', list),
    ...optional('onlyReads', onlyReads),
  };
  const acts = (role: Role): boolean => onlyReads !== true && showsTo(reader, role);
  const acting = acts('operator') ? actingOn(view, target) : [];
  const looks = [...(hasTrend ? [toggle('Trend', 'trend')] : []), toggle('Details', 'details')];
  const back = backTo(list);
  const count = acting.length + looks.length + back.length;
  return [
    ...acting.map((one) =>
      // It is pressed least.
      one.verb === 'agent.rename' && count > primaryLimit ? { ...one, ...inOverflow } : one,
    ),
    ...looks,
    ...back,
    execute('Refresh', 'agent.show', target, count >= primaryLimit ? inOverflow : {}),
    ...(!view.agent.deleted && acts('admin')
      ? [execute('Delete', 'agent.delete', target, inOverflow)]
      : []),
  ];
};

interface Target {
  readonly agent: string;
  readonly list?: Origin;
}

const actingOn = ({ agent, sessions }: AgentView, target: Target): readonly Execute[] => {
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
