import type { Reader } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import type { Role } from '../../../shared/role.ts';
import {
  type Action,
  type Execute,
  execute,
  flatLimit,
  inOverflow,
  openUrl,
  type ShowCard,
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
    page,
    list,
    onlyReads,
  }: {
    readonly hasTrend: boolean;
    /** PingPlotter's own. */
    readonly page?: string;
    readonly list?: Origin;
    readonly onlyReads?: true;
  },
  reader: Reader,
): readonly Action[] => {
  const target = {
    agent: view.agent.id,
    ...optional('list', list),
    ...optional('onlyReads', onlyReads),
  };
  const acts = (role: Role): boolean => onlyReads !== true && showsTo(reader, role);
  const live = !view.agent.deleted && !view.agent.template;
  const [first, ...others] = acts('operator') ? actingOn(view, target) : [];
  const shown: readonly Action[] = [
    ...(live && acts('viewer')
      ? [execute('Watch this', 'agent.watch', { agent: view.agent.id })]
      : []),
    ...(live && acts('operator') ? [muteFor(view.agent.id)] : []),
    ...(first === undefined ? [] : [first]),
    toggle('Details', 'details'),
    ...backTo(list),
    ...(page === undefined ? [] : [openUrl('Open in PingPlotter', page)]),
    ...(hasTrend ? [toggle('Trend', 'trend')] : []),
    ...others,
    execute('Refresh', 'agent.show', target),
  ];
  return [
    ...fitting(shown)
      .slice(0, mostButtons - 1)
      .map((one, place) => (place < flatLimit ? one : { ...one, ...inOverflow })),
    ...(!view.agent.deleted && acts('admin')
      ? [execute('Delete', 'agent.delete', target, inOverflow)]
      : []),
  ];
};

/** As many as a card may have. What is last among them, Refresh, Teams does by itself too. */
const mostButtons = 10;

/** Where there are too many, what each target has a button for goes first, then Refresh. */
const fitting = (shown: readonly Action[]): readonly Action[] =>
  shown.length > mostButtons
    ? shown.filter((one) => !('verb' in one) || one.verb !== 'agent.resume')
    : shown;

/** A span, or a time in the reader's zone. */
const muteSpans = [
  ['15m', '15 minutes'],
  ['1h', '1 hour'],
  ['4h', '4 hours'],
  ['tomorrow 08:00', 'Until tomorrow, 8:00'],
] as const;

const muteFor = (agent: string): ShowCard => ({
  type: 'Action.ShowCard',
  title: 'Mute',
  card: {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      {
        type: 'Input.ChoiceSet',
        id: 'for',
        label: 'Hold what would be told here of this agent',
        style: 'compact',
        value: '1h',
        choices: muteSpans.map(([value, title]) => ({ value, title })),
      },
    ],
    actions: [execute('Mute', 'agent.mute', { agent })],
  },
});

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
