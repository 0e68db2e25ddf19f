import type { Change, ChangeLog } from '../../core/change.ts';

const keptChanges = 1000;

/** Holds the newest thousand changes; forgets all when the process ends. */
export const createChangeLog = (): ChangeLog => {
  const changes = new Map<string, { readonly change: Change; readonly takenBack: boolean }>();

  return {
    add: async (change) => {
      changes.set(change.id, { change, takenBack: false });
      for (const oldest of changes.keys()) {
        if (changes.size <= keptChanges) return;
        changes.delete(oldest);
      }
    },
    find: async (id) => {
      const entry = changes.get(id);
      return entry?.takenBack === false ? entry.change : undefined;
    },
    last: async (tenantId, conversationKey, personId) =>
      [...changes.values()].findLast(
        ({ change, takenBack }) =>
          !takenBack &&
          change.tenantId === tenantId &&
          change.conversationKey === conversationKey &&
          change.personId === personId,
      )?.change,
    takeBack: async (id) => {
      const entry = changes.get(id);
      if (entry === undefined || entry.takenBack) return false;
      changes.set(id, { ...entry, takenBack: true });
      return true;
    },
  };
};
