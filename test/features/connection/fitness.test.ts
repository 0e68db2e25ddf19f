import { expect, it } from 'vitest';
import { Fitness, newsOf, nextFitness } from '../../../src/features/connection/domain/fitness.ts';
import { aReading, aSession, aView } from '../fleet/an-agent.ts';

const minute = 60_000;

/** One poll a minute: p Poor, f Fair, g Good, o offline, s stale; the news after each, - for none. */
const newsOfPolls = (polls: string, silent = ''): string => {
  let fitness: Fitness | undefined;
  let news = '';
  for (const [index, poll] of [...polls].entries()) {
    const now = (index + 10) * minute;
    const word = poll === 'p' ? 'poor' : poll === 'f' ? 'fair' : 'good';
    const reading = aReading({ word, measuredAt: now - 1000 });
    const view = aView({
      agent: { online: poll !== 'o' },
      sessions: [aSession({ readings: [reading], stale: poll === 's' })],
    });
    const seen = nextFitness(fitness, view, { now, pollSeconds: 60 });
    const found = newsOf(seen, silent[index] === 'x');
    const { notified, ...rest } = seen;
    fitness =
      found === 'unfit'
        ? { ...rest, notified: 'n' }
        : found === 'fine'
          ? rest
          : notified === undefined
            ? rest
            : seen;
    expect(Fitness.parse(JSON.parse(JSON.stringify(fitness)))).toEqual(fitness);
    news += found === 'unfit' ? 'U' : found === 'fine' ? 'F' : '-';
  }
  return news;
};

it.each([
  ['gggg', '----'],
  ['gpgpg', '-----'],
  ['ggppg', '---U-'],
  ['ggppgg', '---U-F'],
  ['ggppfg', '---U-F'],
  ['gppppgg', '--U---F'],
  ['ggpspp', '----U-'],
  ['ggooogg', '-------'],
  ['ggppooggg', '---U----F'],
])('%s is notified as %s', (polls, news) => {
  expect(newsOfPolls(polls)).toBe(news);
});

it.each([
  ['ggppppgg', '  xxx   ', '-----U-F'],
  ['ggppgggg', '  xxx   ', '--------'],
  ['ggppgggg', '    xxx ', '---U---F'],
])('%s silenced as “%s” is notified as %s', (polls, silent, news) => {
  expect(newsOfPolls(polls, silent)).toBe(news);
});

it('begins again with another agent', () => {
  const view = aView({ agent: { id: 'b' }, sessions: [] });
  const before: Fitness = { agentId: 'a', notified: 'n' };
  expect(nextFitness(before, view, { now: 0, pollSeconds: 60 })).toEqual({ agentId: 'b' });
});
