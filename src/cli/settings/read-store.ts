import { DigestSchedule } from '../../features/digest/domain/schedule.ts';
import { readWatch } from '../../features/watches/domain/watch.ts';
import type { Collections } from '../../store/open.ts';
import type { Entry } from './entries.ts';

export type SettingsCollections = Pick<
  Collections,
  'agentHours' | 'digests' | 'grants' | 'installations' | 'maintenance' | 'schedules' | 'watches'
>;

/** All that is set up in an account. What cannot be read is left as it is: it is in neither list. */
export const entriesIn = async (
  store: SettingsCollections,
  account: string,
  now: number,
): Promise<readonly Entry[]> => {
  const grants = await store.grants.all(account);
  const hours = await store.agentHours.all(account);
  const watches = await store.watches.all(account);
  const schedules = await store.schedules.all(account);
  const maintenance = await store.maintenance.list(account, now);
  const digests = await store.digests.due(Number.MAX_SAFE_INTEGER);
  return [
    ...grants.map(
      ({ tenantId: tenant, personId: person, personName: name, role, by }): Entry => ({
        kind: 'role',
        account,
        tenant,
        person,
        name,
        role,
        by,
      }),
    ),
    ...hours.map(
      ({ agentId: agent, hours: set, by }): Entry => ({
        kind: 'hours',
        account,
        agent,
        hours: set,
        by,
      }),
    ),
    ...watches.flatMap((stored): readonly Entry[] => {
      const watch = readWatch(stored);
      if (watch === undefined) return [];
      const { conversationKey, id, number, rule, madeBy } = watch;
      return [{ kind: 'watch', account, conversationKey, id, number, rule, by: madeBy }];
    }),
    ...schedules.map(
      ({ conversationKey, id, number, subject, times, by }): Entry => ({
        kind: 'schedule',
        account,
        conversationKey,
        id,
        number,
        subject,
        times,
        by,
      }),
    ),
    ...maintenance.map(
      ({ conversationKey, id, filter, from, until, by }): Entry => ({
        kind: 'maintenance',
        account,
        conversationKey,
        id,
        filter,
        from,
        until,
        by,
      }),
    ),
    ...digests
      .filter((digest) => digest.account === account)
      .flatMap(({ conversationKey, schedule, by }): readonly Entry[] => {
        const { data } = DigestSchedule.safeParse(schedule);
        return data === undefined
          ? []
          : [{ kind: 'digest', account, conversationKey, schedule: data, by }];
      }),
  ];
};
