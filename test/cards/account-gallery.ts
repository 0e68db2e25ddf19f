import { accountUsedCard } from '../../src/features/accounts/cards/account-used.ts';
import { accountsCard } from '../../src/features/accounts/cards/accounts.ts';
import { agentCard } from '../../src/features/fleet/cards/agent.ts';
import { type HealthModel, healthCard } from '../../src/features/health/cards/health.ts';
import type { Card } from '../../src/platform/messenger.ts';
import { ofAccount } from '../../src/ui/of-account.ts';
import { aReader, hostile, lax12, now } from './a-fleet.ts';

const many = Array.from({ length: 33 }, (_, index) => `Customer ${index + 1}`);
const acme = { name: 'acme', oneOfSeveral: true };

const well: HealthModel = {
  api: { ok: true, lastGoodAt: now - 4000 },
  poll: { lastAt: now - 12_000, lagMs: 200 },
  store: { ok: true },
  queue: { waiting: 0 },
  here: { sent: 128, failed: 0 },
};
const sees = { lastAt: now - 12_000 };
const faults = ['line 7, column 5: should be a name that no other account has', hostile];

/** Cards about accounts, and of one of several. */
export const accountGallery: readonly (readonly [string, Card])[] = [
  [
    'accounts.chosen',
    ofAccount(
      accountsCard({ names: ['acme', 'globex'], used: 'acme', bound: false }, aReader()),
      acme,
    ),
  ],
  ['accounts.none-chosen', accountsCard({ names: ['acme', 'globex'], bound: false }, aReader())],
  [
    'accounts.bound',
    accountsCard(
      { names: ['acme', 'globex'], used: 'acme', bound: true, conversation: '19:a@thread.tacv2' },
      aReader(),
    ),
  ],
  ['accounts.many', accountsCard({ names: many, used: 'Customer 31', bound: false }, aReader())],
  ['accounts.hostile', accountsCard({ names: [hostile], used: hostile, bound: false }, aReader())],
  ['account.used', ofAccount(accountUsedCard({ name: 'acme', isNew: true }, aReader()), acme)],
  ['account.used-already', accountUsedCard({ name: 'acme', isNew: false }, aReader())],
  [
    'health.accounts',
    ofAccount(
      healthCard(
        {
          ...well,
          accounts: [
            { name: 'acme', polls: sees },
            { name: 'globex', polls: { ...sees, blindSince: now - 900_000, keyWrongSince: 1 } },
            { name: 'initech', polls: {} },
            { name: hostile },
          ],
        },
        aReader(),
      ),
      acme,
    ),
  ],
  [
    'health.many-accounts',
    healthCard(
      { ...well, accounts: many.concat(many).map((name) => ({ name, polls: sees })) },
      aReader(),
    ),
  ],
  ['health.file-refused', healthCard({ ...well, fileFaults: faults }, aReader({ role: 'admin' }))],
  ['health.file-refused-for-all', healthCard({ ...well, fileFaults: faults }, aReader())],
  [
    'health.file-of-faults',
    healthCard(
      { ...well, fileFaults: many.map((_, line) => `line ${line}, column 5: should be left out`) },
      aReader({ role: 'admin' }),
    ),
  ],
  ['account.agent', ofAccount(agentCard({ view: lax12() }, aReader()), acme)],
];
