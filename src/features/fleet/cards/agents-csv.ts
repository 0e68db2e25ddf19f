import type { Table } from '../../../chat/table.ts';
import type { Reader } from '../../../platform/messenger.ts';
import { inSlices } from '../../../platform/slices.ts';
import { type CsvCell, csvTime } from '../../../shared/csv.ts';
import { fold } from '../../../shared/fold.ts';
import { execute } from '../../../ui/action.ts';
import { plain } from '../../../ui/escape.ts';
import { counted, dots } from '../../../ui/rich-text.ts';
import { appearanceOf, stateText } from '../../../ui/status.ts';
import { clock } from '../../../ui/time.ts';
import type { AgentView } from '../domain/agent-view.ts';
import { shownReading } from '../domain/quality.ts';
import type { MatchingAgents } from '../ports.ts';

type Column = readonly [name: string, cell: (view: AgentView) => CsvCell];

const columns: readonly Column[] = [
  ['Name', ({ agent }) => agent.name],
  ['State', ({ statusWord }) => appearanceOf(statusWord).word],
  ['Score', ({ score }) => (score === undefined ? undefined : Math.round(score))],
  ['Online', ({ agent }) => (agent.online ? 'yes' : 'no')],
  ['Last seen', ({ agent: { lastSeen } }) => (lastSeen === 'never' ? 'never' : csvTime(lastSeen))],
  ['Targets', ({ sessions }) => sessions.map(targetText).join('; ')],
  ['Wi-Fi', ({ agent }) => yesOrNo(agent.wifi)],
  ['Signal %', ({ agent: { network } }) => network?.signalPercent],
  ['VPN', ({ agent }) => yesOrNo(agent.vpn)],
  ['Address', ({ agent }) => agent.address],
  ['Local address', ({ agent }) => agent.network?.address],
  ['Machine', ({ agent }) => agent.machineName],
  ['Platform', ({ agent }) => agent.platform],
  ['Created', ({ agent }) => csvTime(agent.createdAt)],
  ['Id', ({ agent }) => agent.id],
];

const yesOrNo = (known: boolean | undefined): CsvCell =>
  known === undefined ? undefined : known ? 'yes' : 'no';

const targetText = (session: AgentView['sessions'][number]): string => {
  if (session.state === 'paused') return `${session.name} paused`;
  const reading = session.stale ? undefined : shownReading(session);
  return reading === undefined
    ? `${session.name} no data`
    : `${session.name} ${stateText(reading.word, reading.score)}`;
};

/** More columns than these nobody reads. */
const mostFields = 40;

/** The same agents as the list, all pages of it. */
export const agentsTable = async (
  { fleet, filter, agents }: MatchingAgents,
  reader: Reader,
): Promise<Table> => {
  const fields = await fieldsOf(agents);
  const rows: (readonly CsvCell[])[] = [];
  await inSlices(agents, (view) => {
    const values = new Map(view.agent.customFields.map(({ name, value }) => [fold(name), value]));
    rows.push([
      ...columns.map(([, cell]) => cell(view)),
      ...fields.map((name) => values.get(fold(name))),
    ]);
  });
  return {
    title: 'Agents as CSV',
    name: 'agents',
    about: dots([
      plain(filter, 100),
      counted(agents.length, 'agent'),
      clock(fleet.takenAt, reader),
      fleet.skipped > 0 && `${counted(fleet.skipped, 'more agent')} in a form that cannot be read`,
    ]),
    columns: [...columns.map(([name]) => name), ...fields],
    rows,
    fewer: 'Ask for fewer agents by a filter, like agents is:poor csv.',
    actions: [execute('List', 'agents.page', { filter, page: 1 })],
  };
};

const fieldsOf = async (agents: readonly AgentView[]): Promise<readonly string[]> => {
  const fields = new Map<string, string>();
  await inSlices(agents, ({ agent }) => {
    for (const { name } of agent.customFields)
      if (fields.size < mostFields && !fields.has(fold(name))) fields.set(fold(name), name);
  });
  return [...fields.values()];
};
