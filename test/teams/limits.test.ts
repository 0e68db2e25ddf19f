import { expect, it } from 'vitest';
import type { Handler } from '../../src/chat/turn.ts';
import { fakeClock, settle } from '../fakes/clock.ts';
import { aMessage } from './activities.ts';
import { aCard, startBot } from './start-bot.ts';

const people = Array.from({ length: 100 }, (_, index) => `person-${index}`);

it('A10: keeps Teams below fifty calls a second while a hundred people type at once', async () => {
  const clock = fakeClock();
  // Each turn asks the roster, as for somebody who may act, and takes long enough for an indicator.
  const handler: Handler = async (incoming) => {
    if (incoming.kind !== 'command') return undefined;
    // On a busy machine a repeat may come too late for the roster: its answer does not matter here.
    await bot.roster.isGuest(incoming.scope).catch(() => undefined);
    await clock.sleep(1600);
    return { kind: 'card', card: aCard('3 agents') };
  };
  const bot = await startBot({ handler, clock });
  const { connector, send } = bot;
  // The repeats of what was cut off are calls too: the first call for each of some people.
  const cut = new Set<string>();
  const isFirst = ({ path }: { readonly path: string }): boolean => {
    const isNew = cut.size < 20 && !cut.has(path);
    cut.add(path);
    return isNew;
  };
  connector.fault({ how: 'reset', times: 20, when: isFirst });
  const answers = people.map((id) =>
    send(
      aMessage(connector.url, 'agents', {
        id: `activity of ${id}`,
        from: { id: `29:${id}`, name: id, aadObjectId: id },
        conversation: { id: `a:${id}`, conversationType: 'personal', tenantId: 'tenant-1' },
      }),
    ),
  );
  const isAnswered = () =>
    connector.activities.filter(({ activity }) => activity.type === 'message').length ===
    people.length;
  while (!isAnswered()) {
    await settle(20);
    await clock.advance(10);
  }
  await Promise.all(answers);
  const times = connector.calls.map(({ at }) => at).toSorted((a, b) => a - b);
  expect(times.length).toBeGreaterThanOrEqual(200);
  expect(times.filter((at, index) => (times[index + 50] ?? at + 1000) - at < 1000)).toEqual([]);
});
