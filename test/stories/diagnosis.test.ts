import { describe, expect, it } from 'vitest';
import {
  type SimulatedAgent,
  simulatedAgent,
  simulatedReading,
  simulatedSession,
} from '../../src/simulator/agent.ts';
import { pass, passUntil } from '../app/pass.ts';
import { startBot } from '../fakes/bot.ts';
import { executesOf, wordsOf } from '../fakes/card-actions.ts';
import { fakeClock } from '../fakes/clock.ts';

const pollSeconds = 5;
const sites = { boi: 'Boise', lim: 'Lima' } as const;

const agentAt = (
  site: keyof typeof sites,
  at: number,
  score: number,
  now: number,
): SimulatedAgent => {
  const id = `${site}-${at}`;
  const session = (name: string) =>
    simulatedSession({
      id: `${name}-${id}`,
      description: name,
      host: name,
      address: name === 'crm' ? '192.0.2.1' : '192.0.2.2',
      readings: [simulatedReading({ score, measuredAt: now })],
    });
  return simulatedAgent({
    id,
    name: id.toUpperCase(),
    publicAddress: site === 'boi' ? '203.0.113.7' : '198.51.100.9',
    customFields: [{ name: 'Site', value: sites[site] }],
    sessions: [session('crm'), session('mail')],
  });
};

const fleet = (boise: number, now = Date.now()): readonly SimulatedAgent[] => [
  ...Array.from({ length: 6 }, (_, at) => agentAt('boi', at, boise, now)),
  ...Array.from({ length: 8 }, (_, at) => agentAt('lim', at, 95, now)),
];

const lineIn = (card: Parameters<typeof wordsOf>[0]): string =>
  /Likely [^\n]*\n[^\n]*|No clear cause/u.exec(wordsOf(card))?.[0] ?? '';

describe('why', () => {
  it('says where it is likely broken, and the agent’s card says the same', async () => {
    const bot = await startBot({ agents: fleet(20) });
    const why = async (text: string) => (await bot.alex.say(text)).card;
    const line = lineIn(await why('why boi-1'));
    expect(line).toMatch(
      /^Likely the network at its site: \nits other targets are bad too, 5 of 5 others .*, and of the rest 0 of 8\./u,
    );
    expect(lineIn(await why('agent boi-1'))).toBe(line);
    expect(lineIn(await why('why is boi-1 slow?'))).toBe(line);
    expect(lineIn(await why('why boi-1 / mail'))).toMatch(/^Likely/u);
    expect(wordsOf(await why('why boi-1/mail'))).toContain('Why BOI-1 → mail');

    const healthy = wordsOf(await why('why lim-1'));
    expect(healthy).toContain('It is healthy: nothing is wrong with its 2 targets');
    expect(healthy).not.toMatch(/Likely|No clear cause/u);
    expect(wordsOf(await why('agent lim-1'))).not.toMatch(/Likely|No clear cause/u);

    const unknown = await why('why boi-1 / printer');
    expect(wordsOf(unknown)).toContain('has no target called “printer”');
    const [first] = executesOf(unknown);
    expect(first?.data).toEqual({ agent: 'boi-1', session: expect.stringContaining('boi-1') });

    const which = await why('why boi / mail');
    expect(executesOf(which)[0]).toMatchObject({
      verb: 'diagnosis.show',
      data: { agent: 'boi-0', session: 'mail-boi-0' },
    });
    const pressed = await bot.alex.press(which, 'diagnosis.show');
    expect(wordsOf(pressed.card)).toContain('BOI-0 → mail');

    expect(wordsOf(await why('why'))).toContain('Type it like this: why');
    expect(wordsOf(await why('why nobody-here'))).toContain('There is no agent called');
    expect(bot.changes()).toEqual([]);
  });

  it('says of who is offline or not measured that it is so', async () => {
    const [first, second, ...others] = fleet(95);
    if (first === undefined || second === undefined) throw new RangeError('no fleet');
    const bot = await startBot({
      agents: [
        { ...first, online: false, lastMessageAt: Date.now() - 600_000 },
        {
          ...second,
          sessions: second.sessions.map((one) => ({ ...one, stalled: true, readings: [] })),
        },
        ...others,
      ],
    });
    const offline = wordsOf((await bot.alex.say('why boi-0')).card);
    expect(offline).toMatch(
      /offline since[\s\S]*Likely this machine: \n4 others|offline since[\s\S]*Likely this machine: \n5 others/u,
    );
    const unmeasured = wordsOf((await bot.alex.say('why boi-1')).card);
    expect(unmeasured).toMatch(/has no data yet|has no targets/u);
    expect(unmeasured).not.toMatch(/Likely|No clear cause/u);
  });
});

describe('right or wrong', () => {
  it('is asked on the card that ends an alert whose line named a cause, and counted in health', async () => {
    const clock = fakeClock();
    const bot = await startBot({
      agents: fleet(95, clock.now()),
      clock,
      watching: true,
      environment: { POLL_SECONDS: `${pollSeconds}`, DEFAULT_ROLE: 'viewer' },
    });
    const { edit, requests } = bot.simulator;
    const poll = async (times = 4): Promise<void> => {
      const polls = () => requests.filter(({ path }) => path === '/agents/status').length;
      const before = polls();
      await passUntil(clock, () => polls() >= before + times);
      await pass(clock, 3000);
    };
    const setBoise = (score: number): void => {
      for (let at = 0; at < 6; at += 1)
        for (const name of ['crm', 'mail'])
          edit.setQuality(`boi-${at}`, `${name}-boi-${at}`, { score });
    };
    await bot.alex.say('watch name:boi-1');
    await poll(2);
    setBoise(10);
    await poll();
    const posts = () =>
      bot.connector.activities.filter(({ activity }) => activity.type === 'message');
    const cardOf = (summary: RegExp) => {
      const found = posts().findLast(({ activity }) => summary.test(activity.summary ?? ''));
      const content = found?.activity.attachments?.[0]?.content;
      if (content === undefined) throw new RangeError(`no card ${summary}`);
      return content;
    };
    const alert = cardOf(/^Poor/u);
    expect(lineIn(alert)).toBe(lineIn((await bot.alex.say('why boi-1')).card));
    expect(executesOf(alert).map(({ verb }) => verb)).not.toContain('alert.verdict');
    setBoise(95);
    await poll();
    const end = cardOf(/^Fine again/u);
    expect(wordsOf(end)).toContain('cause: the network at its site. Was that right?');
    const verdicts = executesOf(end).filter(({ verb }) => verb === 'alert.verdict');
    expect(verdicts.map(({ title, data }) => [title, Object.keys(data)])).toEqual([
      ['Right', ['alert', 'says']],
      ['Wrong', ['alert', 'says']],
    ]);
    const alertId = verdicts[0]?.data['alert'];
    const press = (user: typeof bot.alex, says: 'right' | 'wrong') =>
      user.execute({ verb: 'alert.verdict', data: { alert: alertId, says } });
    const viewer = bot.user({ person: { id: '29:vera', name: 'Vera', aadObjectId: 'vera-id' } });
    const said = await press(viewer, 'wrong');
    expect(wordsOf(said.card)).toContain('You said that this was wrong');
    await press(viewer, 'right');
    await press(bot.alex, 'wrong');
    const health = wordsOf((await bot.alex.say('health')).card);
    expect(health).toMatch(/Causes called right[\s\S]*site 1 of 2 \(50 %\)/u);
  });
});
