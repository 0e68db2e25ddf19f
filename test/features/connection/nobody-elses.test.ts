import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Member } from '../../../src/chat/person.ts';
import type { Turn } from '../../../src/chat/turn.ts';
import { showConnection, showOwnAgent } from '../../../src/features/connection/show-connection.ts';
import { indexOf } from '../../../src/features/diagnosis/domain/fleet-index.ts';
import { AppError } from '../../../src/platform/errors.ts';
import type { ConversationKind } from '../../../src/platform/messenger.ts';
import { aView } from '../fleet/an-agent.ts';

/** The people of the tenant, as the roster has them, by Teams' id. */
const people = ['ann', 'bob', 'eve'] as const;
type Who = (typeof people)[number];
const memberOf = (who: Who, guest: boolean): Member => ({
  objectId: `oid-${who}`,
  name: who,
  addresses: [`${who}@example.com`, `${who}.mail@example.com`],
  guest,
});

const spaces = fc.constantFrom('', ' ', '\u200b', '\t');
const written = (keys: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...keys), fc.boolean(), spaces, spaces)
    .map(([key, upper, before, after]) => `${before}${upper ? key.toUpperCase() : key}${after}`);
const someone = fc.constantFrom(...people).chain((who) =>
  written([`oid-${who}`, `${who}@example.com`, `${who}.mail@example.com`]).map((value) => ({
    who,
    value,
  })),
);
/** Whom the owner field of an agent names, and how. */
const owners = fc.array(someone, { maxLength: 3 });
const separator = fc.constantFrom(',', ';', ' ', '\n', '|');

const conversation = fc.constantFrom<ConversationKind>('personal', 'group', 'channel');

/** What an activity says of its sender; only the id of Teams is true. */
const claim = fc.record({
  name: fc.constantFrom(...people),
  objectId: fc.option(fc.constantFrom(...people.map((who) => `oid-${who}`)), { nil: undefined }),
});

const turnOf = (
  who: Who,
  kind: ConversationKind,
  said: { name: string; objectId?: string | undefined },
): Turn => ({
  scope: {
    account: 'default',
    address: {
      tenantId: 't',
      serviceUrl: 'https://smba.example.com',
      conversationId: 'c',
      kind,
      botId: '28:bot',
      channelId: 'msteams',
    },
    conversationKey: 'c',
    person: {
      id: `29:${who}`,
      name: said.name,
      ...(said.objectId === undefined ? {} : { objectId: said.objectId }),
    },
    role: 'none',
    locale: 'en-US',
    timeZone: 'UTC',
    activityId: 'a',
    correlationId: 'c',
  },
  reader: { role: 'none', kind, locale: 'en-US', timeZone: 'UTC', now: 0 },
  signal: new AbortController().signal,
  mentions: [],
});

it('shows nobody another person’s agent, whatever fields, askers, claims and conversations there are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(owners, separator), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(...people),
      conversation,
      claim,
      fc.boolean(),
      fc.nat(5),
      async (fleetOwners, asker, kind, said, guest, pressed) => {
        const agents = fleetOwners.map(([of, by], index) =>
          aView({
            agent: {
              id: `id-${index}`,
              name: `AGENT-${index}`,
              customFields: [{ name: 'Owner', value: of.map(({ value }) => value).join(by) }],
            },
          }),
        );
        const fleet = { agents, takenAt: 0, readAt: 0, skipped: 0 };
        const ports = {
          ownerField: 'owner',
          store: { notifyWishes: { find: async () => undefined } },
          agents: {
            read: async (_account: string, id: string) => {
              const found = agents.find(({ agent }) => agent.id === id);
              if (found === undefined) throw new AppError('not-found', 'no such agent');
              return found;
            },
          },
          fleets: { read: async () => fleet },
          comparisons: { of: async () => ({ index: indexOf(agents), silent: new Set<string>() }) },
          roster: {
            isGuest: async () => guest,
            find: async (_where: unknown, id: string) => {
              const who = people.find((one) => id === `29:${one}`);
              return who && memberOf(who, guest);
            },
          },
        };
        const turn = turnOf(asker, kind, said);
        const shown = [
          await showConnection(ports)(turn),
          await showOwnAgent(ports)(turn, `id-${pressed}`).catch((error: unknown) => {
            expect(error).toMatchObject({ code: 'not-found' });
            return undefined;
          }),
        ];
        const text = JSON.stringify(shown);
        for (const [index, [of]] of fleetOwners.entries()) {
          const onlyAsker = of.length > 0 && of.every(({ who }) => who === asker);
          if (!onlyAsker) expect(text).not.toContain(`AGENT-${index}"`);
          if (!onlyAsker) expect(text).not.toContain(`id-${index}"`);
        }
        if (kind !== 'personal')
          for (const reply of shown)
            if (reply !== undefined) expect(reply).toMatchObject({ private: true });
      },
    ),
  );
});
