import { z } from 'zod';
import { DigestSchedule } from '../../features/digest/domain/schedule.ts';
import { parseFilter } from '../../features/fleet/domain/filter.ts';
import { ScheduleTimes } from '../../features/schedules/domain/times.ts';
import { SetHours } from '../../features/silence/domain/hours.ts';
import { WatchRule } from '../../features/watches/domain/watch.ts';

/** Who made it; whoever imports it where nobody is named. */
const By = z.strictObject({ id: z.string(), name: z.string() });
const Id = z.string().min(1).max(200);
const Moment = z.iso.datetime({ offset: true });
/** Each parse is quick, and says what cannot be read. */
const Filter = z.string().max(500).refine(isFilter, 'is no filter');

function isFilter(text: string): boolean {
  try {
    parseFilter(text, 'stored');
    return true;
  } catch {
    return false;
  }
}

const Role = z.strictObject({
  tenant: Id,
  person: Id.describe('Entra object id'),
  name: z.string(),
  role: z.enum(['none', 'viewer', 'operator', 'admin']),
  by: By.optional(),
});

const Hours = z.strictObject({ agent: Id, hours: SetHours, by: By.optional() });

const Watch = z.strictObject({
  rule: WatchRule.refine(({ filter }) => isFilter(filter), 'its filter cannot be read'),
  by: By.optional(),
});

const Schedule = z
  .strictObject({
    agent: Id.optional(),
    name: z.string().optional().describe('What the agent is called'),
    where: Filter.optional(),
    times: ScheduleTimes,
    by: By.optional(),
  })
  .refine(
    ({ agent, where }) => (agent === undefined) !== (where === undefined),
    'needs either agent or where',
  );

const Maintenance = z
  .strictObject({ filter: Filter, from: Moment, until: Moment, by: By.optional() })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), 'ends before it begins');

const Digest = z.strictObject({ schedule: DigestSchedule, by: By.optional() });

const Conversation = z.strictObject({
  label: z.string().optional().describe('For people to read; it changes nothing'),
  watches: z.array(Watch).max(100).optional(),
  schedules: z.array(Schedule).max(50).optional(),
  maintenance: z.array(Maintenance).optional(),
  digest: Digest.optional(),
});

const Account = z.strictObject({
  roles: z.array(Role).optional(),
  hours: z.array(Hours).optional(),
  conversations: z.record(Id, Conversation).optional(),
});

/** All that people have set up, by account and conversation. */
export const SettingsFile = z.strictObject({
  version: z.literal(1),
  accounts: z.record(Id, Account),
});
export type SettingsFile = z.infer<typeof SettingsFile>;
