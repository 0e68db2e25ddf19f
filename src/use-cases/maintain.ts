import type { TypedMaintenance } from '../core/silence-command.ts';
import type { MaintenanceWindow } from '../core/stores.ts';
import type { Scope } from '../core/turn.ts';
import { actorOf, conversationOf, isSameConversation } from './actor.ts';
import type { Needs } from './ports.ts';
import { requireReadable } from './readable-filter.ts';

/** Plans a silence for this conversation. Throws 'bad-input' for a filter that cannot be read. */
export const planMaintenance =
  ({ store, newId }: Needs<'newId', 'maintenance'>) =>
  async (scope: Scope, planned: TypedMaintenance): Promise<MaintenanceWindow> => {
    requireReadable(planned.filter);
    const window = { ...conversationOf(scope), id: newId(), ...planned, by: actorOf(scope) };
    await store.maintenance.add(window);
    return window;
  };

/** The planned silences of this conversation that are not over, the first to begin first. */
export const maintenanceHere =
  ({ store, clock }: Needs<'clock', 'maintenance'>) =>
  async (scope: Scope): Promise<readonly MaintenanceWindow[]> =>
    (await store.maintenance.list(scope.account, clock.now())).filter((one) =>
      isSameConversation(one, scope),
    );

/** Ends all of this conversation, and gives those that it ended. */
export const endMaintenance =
  (ports: Needs<'clock', 'maintenance'>) =>
  async (scope: Scope): Promise<readonly MaintenanceWindow[]> => {
    const ended: MaintenanceWindow[] = [];
    for (const window of await maintenanceHere(ports)(scope))
      if (await ports.store.maintenance.remove(window.id)) ended.push(window);
    return ended;
  };
