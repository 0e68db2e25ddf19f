import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { seeded } from '../e2e-process/seeded.ts';
import { wordsOf } from '../fakes/card-actions.ts';
import { settle } from '../fakes/clock.ts';
import { createTeamsUser } from '../fakes/teams-user.ts';
import { aDatabase } from '../store/a-database.ts';
import { pollMs, quickBot } from './bot-process.ts';
import { setStage } from './stage.ts';

/** Two polls have to agree before anything is notified. */
const untilTold = 2.2 * pollMs;

/** So soon after a message arrived, the bot may not have written down yet that it did. */
const writtenDownMs = 1000;

/** What the bot prints of a message of which it does not know whether it arrived. */
const inDoubt = 'delivery.resent-after-crash';

const poor = '6 agents at Boise are Poor';
const fine = '6 agents at Boise are fine again';

/** When the bot is killed: in the story's part of that name, at any moment or just as something arrives. */
interface Kill {
  readonly during: 'collapse' | 'recovery';
  readonly moment: 'any' | 'arrival';
}

const kills: readonly Kill[] = [
  { during: 'collapse', moment: 'any' },
  { during: 'collapse', moment: 'arrival' },
  { during: 'recovery', moment: 'arrival' },
];

const tell = async (kill: Kill, random: () => number): Promise<void> => {
  const { simulator, connector, collapse, recover, polled, posts, posted } = await setStage();
  const databaseUrl = await aDatabase();
  const {
    url,
    start,
    kill: killBot,
    printed,
  } = await quickBot.instance({ simulator, databaseUrl });
  let beforeKill: readonly string[] = [];
  let inFlight: string | undefined;

  const killDuring = async (part: Kill['during']): Promise<void> => {
    if (kill.during !== part) return;
    if (kill.moment === 'any') await sleep(random() * untilTold);
    else await posted(posts().length + 1);
    const killedAt = Date.now();
    await killBot();
    // What it had written to its sockets still arrives.
    await settle(10);
    beforeKill = posts();
    const last = connector.activities.at(-1);
    inFlight =
      last !== undefined && killedAt - last.at < writtenDownMs ? posts().at(-1) : undefined;
    await start();
  };

  await start();
  const alex = createTeamsUser({ botUrl: url, connector });
  await alex.say('watch field.Site:Boise');
  await polled(1);
  collapse();
  await killDuring('collapse');
  await posted(2);
  recover();
  await killDuring('recovery');
  await expect.poll(posts, { timeout: 100_000 }).toContain(fine);
  await polled(1);

  const afterKill = posts().slice(beforeKill.length);
  // What was in flight at the kill may come once more, and nothing else.
  const accounted = afterKill[0] === inFlight ? afterKill.slice(1) : afterKill;
  expect([...beforeKill, ...accounted], JSON.stringify(kill)).toEqual([
    'Watching 6 agents · watch 1 · Poor or offline, Site Boise',
    poor,
    fine,
  ]);
  const told = connector.messages(alex.conversation.id).slice(1);
  // Nor can it be changed when its id was not written down, whether it came once more or not.
  const unchangeable = inFlight === poor && printed().includes(inDoubt) ? 1 : 0;
  const unchanged = told.filter(({ summary }) => summary !== fine);
  expect(unchanged, JSON.stringify(kill)).toHaveLength(unchangeable);
  // But whoever sees it sees how it is now.
  for (const { attachments } of told) {
    const { card } = await alex.see(attachments?.[0]?.content ?? {});
    expect(wordsOf(card), JSON.stringify(kill)).toContain(fine);
  }
};

it('notifies of a collapse and its end once each, whenever the bot is killed in between', async () => {
  const random = seeded(1);
  await Promise.all(kills.map((kill) => tell(kill, random)));
}, 180_000);
