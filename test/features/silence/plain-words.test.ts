import { describe, expect, it } from 'vitest';
import { readerOf } from '../../../src/chat/turn.ts';
import { plainSilenceWords } from '../../../src/features/silence/plain-words.ts';
import { AppError } from '../../../src/platform/errors.ts';
import { scopeOf } from '../../chat/talk.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { silentLog } from '../../fakes/silent-log.ts';

const clock = fakeClock();
const scope = scopeOf({}, 'activity');
const turn = {
  scope,
  reader: readerOf(scope, clock),
  signal: new AbortController().signal,
  mentions: [],
};
const hidden = { alerts: 3, agents: 2 };
const failing = () => Promise.reject(new AppError('unavailable', 'down'));

const words = (understand: () => Promise<string>, found = async () => hidden) =>
  plainSilenceWords({
    ...{ clock, log: silentLog },
    fleets: { understand },
    hiding: { hidden: found },
  });

describe('what plain words would hide', () => {
  it('is the sentence of the answer, with the hours of a window', async () => {
    const { wouldHide } = words(async () => 'boise');
    expect(await wouldHide(turn, { agent: 'a' })).toBe(
      'In the last 7 days it would have hidden 3 alerts about 2 agents.',
    );
    expect(await wouldHide(turn, { filter: 'boise', to: 'tomorrow 08:00' })).toMatch(
      /3 alerts about 2 agents at these hours\.$/u,
    );
  });

  it('is left out where nobody can tell', async () => {
    expect(await words(failing).wouldHide(turn, { filter: 'boise', to: '23:59' })).toBeUndefined();
    expect(
      await words(async () => 'boise', failing).wouldHide(turn, { agent: 'a' }),
    ).toBeUndefined();
    expect(
      await words(async () => '').wouldHide(turn, { filter: 'is:nothing', to: 'whenever' }),
    ).toBeUndefined();
  });
});
