import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDetail } from '../../src/features/alerting/domain/alert-detail.ts';
import { aMonitor, type MonitorBed, said } from './a-monitor.ts';

type Moment = {
  readonly word: 'good' | 'poor' | 'nothing';
  readonly online: boolean;
  readonly restart: boolean;
};

const moment = (restart: fc.Arbitrary<boolean>): fc.Arbitrary<Moment> =>
  fc.record({
    word: fc.constantFrom('good', 'good', 'poor', 'poor', 'nothing'),
    online: fc.constantFrom(true, true, true, false),
    restart,
  });

const live = async (bed: MonitorBed, { word, online, restart }: Moment): Promise<void> => {
  if (restart) await bed.restart();
  bed.fleet.set('lax-12', { online });
  if (word !== 'nothing') bed.fleet.measure('lax-12', word);
  await bed.poll();
};

/** What was said to whom, of which thing. */
const tellStory = async (story: readonly Moment[]): Promise<readonly string[]> => {
  const bed = await aMonitor();
  bed.fleet.add('lax-12');
  await bed.watch('');
  const told: string[] = [];
  for (const each of story) {
    await live(bed, each);
    const messages = await bed.messages();
    for (const { notice } of messages) {
      if (notice.kind !== 'alert') continue;
      const alert = await bed.store().alerts.find(notice.alertId);
      const rows = (alert && readDetail(alert))?.rows.map(
        ({ sessionId, state }) => sessionId + state,
      );
      told.push(`${notice.what === 'end' ? 'end' : 'card'} of ${rows?.join()}`);
    }
    told.push(...said(messages).map((one) => `${one} at ${bed.clock.now()}`));
  }
  await bed.store().close();
  return told;
};

describe('a restart', () => {
  it('at any point of any story changes nothing of what is notified', async () => {
    const stories = fc.array(moment(fc.boolean()), { minLength: 5, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const never = story.map((each) => ({ ...each, restart: false }));
        expect(await tellStory(story)).toEqual(await tellStory(never));
      }),
      { numRuns: 6 },
    );
  });

  it('lets no problem be notified twice without an end between, and loses no end', async () => {
    const stories = fc.array(moment(fc.boolean()), { minLength: 5, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const bed = await aMonitor();
        bed.fleet.add('lax-12');
        await bed.watch('');
        const open = new Set<string>();
        const calm: Moment = { word: 'good', online: true, restart: false };
        const end = [{ ...calm, restart: true }, ...Array<Moment>(24).fill(calm)];
        for (const each of [...story, ...end]) {
          await live(bed, each);
          for (const { kind, notice } of await bed.messages()) {
            if (notice.kind !== 'alert' || kind !== 'post') continue;
            const alert = await bed.store().alerts.find(notice.alertId);
            const thing = alert?.id ?? 'nothing';
            if (notice.what === 'end') expect(open.delete(thing)).toBe(true);
            // What is open may be posted again when it is worse, but no other may begin beside it.
            else open.add(thing);
            expect(open.size).toBeLessThan(2);
          }
        }
        expect([...open]).toEqual([]);
        expect(await bed.store().alerts.current('default')).toEqual([]);
        await bed.store().close();
      }),
      { numRuns: 6 },
    );
  });
});
