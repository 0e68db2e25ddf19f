import { describe, expect, it } from 'vitest';
import type { Place } from '../../src/platform/conversation.ts';
import { dev, type OpenBed, ops, opsPlace } from './store-bed.ts';

const place: Place = { ...opsPlace, label: 'Operations' };

export const installationsContract = (name: string, open: OpenBed): void => {
  describe(`installations, ${name}`, () => {
    it('keeps the newest address of a conversation', async () => {
      const { installations } = (await open()).store;
      expect(await installations.find(ops)).toBeUndefined();
      await installations.refresh(place);
      await installations.refresh({ ...place, serviceUrl: 'https://smba.example/amer/' });
      expect(await installations.find(ops)).toEqual({
        ...place,
        serviceUrl: 'https://smba.example/amer/',
        state: 'alive',
        sent: 0,
        failed: 0,
      });
    });

    it('keeps a label and the name of the bot when an activity does not tell them', async () => {
      const { installations } = (await open()).store;
      await installations.refresh({ ...place, botName: 'PingPlotter' });
      const { label: _, ...unlabelled } = place;
      await installations.refresh({ ...unlabelled, botId: '28:other' });
      expect(await installations.find(ops)).toMatchObject({
        label: 'Operations',
        botName: 'PingPlotter',
        botId: '28:other',
      });
      await installations.refresh({ ...place, label: 'Ops' });
      expect(await installations.find(ops)).toMatchObject({ label: 'Ops' });
    });

    it('keeps who it is with, their time zone and language, when an activity does not tell them', async () => {
      const { installations } = (await open()).store;
      const told = { personId: 'ada', timeZone: 'Europe/Berlin', locale: 'de-DE' };
      await installations.refresh(place);
      await installations.refresh({ ...place, ...told });
      await installations.refresh(place);
      expect(await installations.find(ops)).toMatchObject(told);
      await installations.refresh({ ...place, timeZone: 'America/Boise' });
      expect(await installations.find(ops)).toMatchObject({ ...told, timeZone: 'America/Boise' });
    });

    it('is dead with a reason until the next activity arrives', async () => {
      const { installations } = (await open()).store;
      await installations.refresh(place);
      await installations.markDead(ops, 'BotNotInConversationRoster');
      expect(await installations.find(ops)).toMatchObject({
        state: 'dead',
        deadReason: 'BotNotInConversationRoster',
      });
      await installations.refresh(place);
      expect(await installations.find(ops)).toEqual({
        ...place,
        state: 'alive',
        sent: 0,
        failed: 0,
      });
    });

    it('counts what was sent and what failed, also when both happen at once', async () => {
      const { installations } = (await open()).store;
      await installations.refresh(place);
      await Promise.all([
        ...Array.from({ length: 10 }, () => installations.countSent(ops)),
        installations.countFailed(ops, 'throttled'),
      ]);
      expect(await installations.find(ops)).toMatchObject({
        sent: 10,
        failed: 1,
        lastError: 'throttled',
      });
    });

    it('moves to another host', async () => {
      const { installations } = (await open()).store;
      await installations.refresh(place);
      await installations.moveTo(ops, 'https://gcc.example/');
      expect(await installations.find(ops)).toMatchObject({ serviceUrl: 'https://gcc.example/' });
    });

    it('lists the conversations of an account', async () => {
      const { installations } = (await open()).store;
      await installations.refresh(place);
      await installations.refresh({ ...place, ...dev });
      await installations.refresh({ ...place, account: 'other' });
      const listed = await installations.list('default');
      expect(listed.map(({ conversationKey }) => conversationKey)).toEqual(['19:dev', '19:ops']);
    });
  });
};
