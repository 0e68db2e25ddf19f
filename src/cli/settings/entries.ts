import type { DigestSchedule } from '../../features/digest/domain/schedule.ts';
import type { ScheduleSubject } from '../../features/schedules/domain/schedule.ts';
import type { ScheduleTimes } from '../../features/schedules/domain/times.ts';
import type { SetHours } from '../../features/silence/domain/hours.ts';
import type { WatchRule } from '../../features/watches/domain/watch.ts';
import type { Actor, Conversation } from '../../platform/conversation.ts';
import type { Role } from '../../shared/role.ts';

type Kind =
  | {
      readonly kind: 'role';
      readonly account: string;
      readonly tenant: string;
      readonly person: string;
      readonly name: string;
      readonly role: Role;
    }
  | {
      readonly kind: 'hours';
      readonly account: string;
      readonly agent: string;
      readonly hours: SetHours;
    }
  | (Conversation &
      (
        | { readonly kind: 'watch'; readonly rule: WatchRule }
        | {
            readonly kind: 'schedule';
            readonly subject: ScheduleSubject;
            readonly times: ScheduleTimes;
          }
        | {
            readonly kind: 'maintenance';
            readonly filter: string;
            /** ms since 1970 */
            readonly from: number;
            readonly until: number;
          }
        | { readonly kind: 'digest'; readonly schedule: DigestSchedule }
      ));

/** One thing that somebody has set up; `id` is that of its row, where it has one. */
export type Entry = Kind & { readonly by: Actor; readonly id?: string; readonly number?: number };

/** Of entries that say the same one is enough to compare: who made it, and the id of its row, do not count. */
export const keyOf = (entry: Entry): string => {
  const { by: _by, id: _id, number: _number, ...rest } = entry;
  const said = rest.kind === 'schedule' ? { ...rest, subject: whom(rest.subject) } : rest;
  return canonical(said);
};

/** An agent by its id: its name in the file is for people to read. */
const whom = (subject: ScheduleSubject): unknown =>
  'agent' in subject ? { agent: subject.agent } : subject;

/** JSON with the keys in their order. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const parts = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`);
  return `{${parts.join(',')}}`;
};

export interface Difference {
  readonly added: readonly Entry[];
  readonly deleted: readonly Entry[];
  readonly unchanged: number;
}

/** What has to be added and deleted so that `now` becomes `wanted`. */
export const differenceOf = (now: readonly Entry[], wanted: readonly Entry[]): Difference => {
  const there = new Map<string, Entry[]>();
  for (const entry of now) there.set(keyOf(entry), [...(there.get(keyOf(entry)) ?? []), entry]);
  const added: Entry[] = [];
  let unchanged = 0;
  for (const entry of wanted)
    if (there.get(keyOf(entry))?.shift() === undefined) added.push(entry);
    else unchanged += 1;
  return { added, deleted: [...there.values()].flat(), unchanged };
};
