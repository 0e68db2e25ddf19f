import { describeDigest } from '../../features/digest/domain/schedule.ts';
import { describeSchedule } from '../../features/schedules/domain/schedule.ts';
import { describeWatch } from '../../features/watches/domain/watch.ts';
import type { Difference, Entry } from './entries.ts';

/** What an import changes, a line each. */
export const describeDifference = ({
  added,
  deleted,
  unchanged,
}: Difference): readonly string[] => [
  ...deleted.map((entry) => `- ${oneLine(describe(entry))}`),
  ...added.map((entry) => `+ ${oneLine(describe(entry))}`),
  `${added.length} added, ${deleted.length} deleted, ${unchanged} unchanged.`,
];

/** Names and filters come from outside: on a terminal they must not begin a line, or a sequence of it. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');

const describe = (entry: Entry): string => {
  switch (entry.kind) {
    case 'role':
      return `role ${entry.role} of ${entry.name || entry.person} (${entry.person})`;
    case 'hours':
      return `hours of ${entry.agent}: ${JSON.stringify(entry.hours)}`;
    case 'watch':
      return `watch in ${entry.conversationKey}: ${describeWatch(entry.rule)}`;
    case 'schedule':
      return `schedule in ${entry.conversationKey}: ${describeSchedule(entry)} (${entry.times.timeZone})`;
    case 'maintenance':
      return `maintenance in ${entry.conversationKey}: ${entry.filter || 'all agents'}, ${iso(entry.from)} to ${iso(entry.until)}`;
    case 'digest':
      return `digest in ${entry.conversationKey}: ${describeDigest(entry.schedule)} (${entry.schedule.timeZone})`;
    default:
      return entry satisfies never;
  }
};

const iso = (ms: number): string => new Date(ms).toISOString();
