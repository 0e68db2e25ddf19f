import { randomUUID } from 'node:crypto';
import { closeAlerts } from '../../features/alerting/update-cards.ts';
import { nextDigest } from '../../features/digest/domain/schedule.ts';
import { windowAt } from '../../features/schedules/domain/times.ts';
import { termsOf } from '../../features/watches/domain/watch.ts';
import { optional } from '../../shared/optional.ts';
import type { Collections } from '../../store/open.ts';
import type { Difference, Entry } from './entries.ts';

/**
 * Makes the difference, within the caller's transaction. What is deleted goes first: a new role or digest takes the
 * place of the one before. The alerts of a watch that is deleted end with it; what a schedule has paused stays paused.
 */
export const applyDifference = async (
  tx: Collections,
  { added, deleted }: Difference,
  now: number,
): Promise<void> => {
  const wanted = new Set(added.map(placeOf));
  for (const entry of deleted)
    if (!wanted.has(placeOf(entry)) || !replaces.has(entry.kind)) await remove(tx, entry, now);
  for (const entry of added) await add(tx, entry, now);
};

/** There is one at its place, which a new one replaces. */
const replaces: ReadonlySet<Entry['kind']> = new Set(['role', 'hours', 'digest']);

const placeOf = (entry: Entry): string => {
  switch (entry.kind) {
    case 'role':
      return JSON.stringify(['role', entry.account, entry.tenant, entry.person]);
    case 'hours':
      return JSON.stringify(['hours', entry.account, entry.agent]);
    default:
      return JSON.stringify([entry.kind, entry.account, entry.conversationKey]);
  }
};

const remove = async (tx: Collections, entry: Entry, now: number): Promise<void> => {
  const { account, id = '', number = 0 } = entry;
  switch (entry.kind) {
    case 'role':
      await tx.grants.remove(account, entry.tenant, entry.person);
      return;
    case 'hours':
      return tx.agentHours.remove(account, [entry.agent]);
    case 'watch':
      if ((await tx.watches.remove(entry, number)) !== undefined)
        await closeAlerts(tx, { id, account }, now);
      return;
    case 'schedule':
      await tx.schedules.end(id, now);
      await tx.timedResumes.cancelOfSchedule(id);
      return tx.schedules.remove(id);
    case 'maintenance':
      await tx.maintenance.remove(id);
      return;
    case 'digest':
      await tx.digests.remove(entry);
      return;
    default:
      return entry satisfies never;
  }
};

const add = async (tx: Collections, entry: Entry, now: number): Promise<void> => {
  const { account, by } = entry;
  switch (entry.kind) {
    case 'role': {
      const { tenant: tenantId, person: personId, name: personName, role } = entry;
      return tx.grants.set(account, { tenantId, personId, personName, role, by, at: now });
    }
    case 'hours':
      return tx.agentHours.set(account, [
        { agentId: entry.agent, hours: entry.hours, by, at: now },
      ]);
    case 'watch': {
      const { conversationKey, rule } = entry;
      const terms = { ...termsOf(rule), madeBy: by, createdAt: now };
      await tx.watches.add({ account, conversationKey, ...terms });
      return;
    }
    case 'schedule': {
      const { conversationKey, subject, times } = entry;
      const dueAt = windowAt(times, now).from;
      const draft = { account, conversationKey, subject, times, by, createdAt: now, dueAt };
      await tx.schedules.add(draft);
      return;
    }
    case 'maintenance': {
      const { conversationKey, filter, from, until } = entry;
      const window = { account, conversationKey, filter, from, until, by };
      return tx.maintenance.add({ ...window, id: randomUUID() });
    }
    case 'digest': {
      const { conversationKey, schedule } = entry;
      const before = await tx.digests.find({ account, conversationKey });
      const digest = { account, conversationKey, schedule, by };
      const dueAt = nextDigest(schedule, now);
      return tx.digests.set({ ...digest, dueAt, ...optional('baseline', before?.baseline) });
    }
    default:
      return entry satisfies never;
  }
};
