import { simulatedAgent, simulatedSession } from '../../src/simulator/agent.ts';
import { type StartedBot, startBot } from '../fakes/bot.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import { smallFleet } from '../simulator/started.ts';
import { pass } from './pass.ts';

export const boise = (id: string) =>
  simulatedAgent({
    id,
    name: id.toUpperCase(),
    site: 'Boise',
    sessions: [simulatedSession({ id: `${id}-crm` })],
  });

interface Wanted {
  /** A Monday at noon in UTC unless told otherwise; the people here live in Berlin. */
  readonly at?: string;
  readonly agents?: typeof smallFleet;
  readonly watching?: boolean;
  readonly database?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ScheduledBot extends StartedBot {
  readonly clock: FakeClock;
  /** The clock goes to that moment, as the people here see it, and what is due is done. */
  goTo(moment: string): Promise<void>;
  /** The pauses and resumes since the last time. */
  since(): readonly string[];
  /** What the bot said of its own accord about schedules since the last time. */
  said(): readonly string[];
}

export const scheduledBot = async ({
  at = '2026-11-23T12:00:00Z',
  agents = smallFleet,
  watching = true,
  database,
  environment = {},
}: Wanted = {}): Promise<ScheduledBot> => {
  const clock = fakeClock(Date.parse(at));
  const bot = await startBot({
    clock,
    agents,
    watching,
    environment: {
      POLL_SECONDS: '3600',
      ...(database === undefined ? {} : { DATABASE_URL: database }),
      ...environment,
    },
  });
  const seen = { changes: 0, said: 0 };
  return {
    ...bot,
    clock,
    goTo: async (moment: string) => {
      await clock.jump(Date.parse(moment) - clock.now());
      await pass(clock, 6000);
    },
    since: () => {
      const all = bot.changes();
      const fresh = all.slice(seen.changes).map((line) =>
        line
          .replace(/^PUT \/agents\/([^/]+)\/sessions\?action=0$/u, 'pause $1')
          .replace(/^PUT \/agents\/([^/]+)\/sessions\?action=1$/u, 'resume $1')
          .replace(
            /^PUT \/agents\/([^/]+)\/session \{"SessionId":"([^"]+)","Action":"(\w+)"\}$/u,
            '$3 $1/$2',
          ),
      );
      seen.changes = all.length;
      return fresh.sort();
    },
    said: () => {
      const all = bot.connector.activities
        .map(({ activity }) => activity.summary ?? '')
        .filter((words) => /^Schedule #\d+ · (?:\d|no agent)/u.test(words));
      const fresh = all.slice(seen.said);
      seen.said = all.length;
      return fresh;
    },
  };
};
