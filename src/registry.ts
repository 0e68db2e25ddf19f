import type { CardActions } from './chat/define-action.ts';
import type { Command } from './chat/define-command.ts';
import { runCommandAction } from './chat/handle-message.ts';
import { createHelp } from './chat/help.ts';
import { accessCommands, personalCommands } from './features/access/commands.ts';
import { accountActions } from './features/accounts/actions.ts';
import { accountCommands } from './features/accounts/commands.ts';
import { alertActions } from './features/alerting/actions.ts';
import { changesNotices } from './features/alerting/change-notices.ts';
import { alertCommands } from './features/alerting/commands.ts';
import { alertListActions } from './features/alerting/list-actions.ts';
import { alertNotices } from './features/alerting/notices.ts';
import { reminderNotices } from './features/alerting/reminder-notices.ts';
import { verdictActions } from './features/alerting/verdict-actions.ts';
import { auditActions } from './features/audit/actions.ts';
import { auditCommands } from './features/audit/commands.ts';
import { bulkActions } from './features/bulk/actions.ts';
import { chooseActions } from './features/bulk/choose.ts';
import { bulkCommands } from './features/bulk/commands.ts';
import { bulkNotices } from './features/bulk/notices.ts';
import { changeActions } from './features/changes/actions.ts';
import { changeCommands } from './features/changes/commands.ts';
import { changeNotices } from './features/changes/notices.ts';
import { pauseCommands } from './features/changes/pause-commands.ts';
import { connectionActions } from './features/connection/actions.ts';
import { connectionCommands, notifyCommands } from './features/connection/commands.ts';
import { connectionNotices } from './features/connection/notices.ts';
import { diagnosisActions } from './features/diagnosis/actions.ts';
import { diagnosisCommands } from './features/diagnosis/commands.ts';
import { digestActions } from './features/digest/actions.ts';
import { digestCommands } from './features/digest/commands.ts';
import { digestNotices } from './features/digest/notices.ts';
import { fleetActions } from './features/fleet/actions.ts';
import { fleetCommands, inventoryCommands } from './features/fleet/commands.ts';
import { filterActions, filterCommands } from './features/fleet/filter-commands.ts';
import { overviewActions, overviewCommands } from './features/fleet/inventory.ts';
import { healthCommands } from './features/health/commands.ts';
import { healthNotices } from './features/health/notices.ts';
import { historyActions } from './features/history/actions.ts';
import { historyCommands } from './features/history/commands.ts';
import { scheduleActions } from './features/schedules/actions.ts';
import { scheduleCommands } from './features/schedules/commands.ts';
import { scheduleNotices } from './features/schedules/notices.ts';
import { silenceActions } from './features/silence/actions.ts';
import { silenceCommands } from './features/silence/commands.ts';
import { hoursActions, hoursCommands } from './features/silence/hours.ts';
import { watchActions } from './features/watches/actions.ts';
import { watchCommands } from './features/watches/commands.ts';
import { watchNotices } from './features/watches/notices.ts';

/** In the order in which help and the app manifest show them. */
const featureCommands = [
  ...fleetCommands,
  ...connectionCommands,
  ...historyCommands,
  ...diagnosisCommands,
  ...pauseCommands,
  ...changeCommands,
  ...bulkCommands,
  ...scheduleCommands,
  ...watchCommands,
  ...alertCommands,
  ...silenceCommands,
  ...hoursCommands,
  ...notifyCommands,
  ...digestCommands,
  ...healthCommands,
  ...filterCommands,
  ...overviewCommands,
  ...inventoryCommands,
  ...accessCommands,
  ...auditCommands,
  ...accountCommands,
  ...personalCommands,
];

const featureActions = {
  ...fleetActions,
  ...filterActions,
  ...overviewActions,
  ...historyActions,
  ...diagnosisActions,
  ...changeActions,
  ...bulkActions,
  ...chooseActions,
  ...scheduleActions,
  ...silenceActions,
  ...hoursActions,
  ...alertActions,
  ...alertListActions,
  ...verdictActions,
  ...watchActions,
  ...connectionActions,
  ...digestActions,
  ...auditActions,
  ...accountActions,
};

type Part = { readonly run: (ports: never, ...rest: never[]) => unknown };

/** Of several definitions, all that they need together. */
type PortsOf<D extends Part> = (
  D extends { readonly run: (ports: infer P, ...rest: never[]) => unknown }
    ? (ports: P) => void
    : never
) extends (ports: infer All) => void
  ? All
  : never;

/** What all commands and actions need together; the app has to give it. */
export type FeaturePorts = PortsOf<
  (typeof featureCommands)[number] | (typeof featureActions)[keyof typeof featureActions]
>;

export const commands: readonly Command<FeaturePorts>[] = [
  ...featureCommands,
  createHelp(featureCommands),
];

export const actions: CardActions<FeaturePorts> = {
  ...featureActions,
  'command.run': runCommandAction(commands),
};

export const notices = {
  ...alertNotices,
  ...reminderNotices,
  ...changesNotices,
  ...changeNotices,
  ...bulkNotices,
  ...connectionNotices,
  ...scheduleNotices,
  ...watchNotices,
  ...digestNotices,
  ...healthNotices,
};
