import { accountUsedCard } from '../../src/features/accounts/cards/account-used.ts';
import { accountsCard } from '../../src/features/accounts/cards/accounts.ts';
import { agentCard } from '../../src/features/fleet/cards/agent.ts';
import type { Card } from '../../src/platform/messenger.ts';
import { ofAccount } from '../../src/ui/of-account.ts';
import { aReader, hostile, lax12 } from './a-fleet.ts';

const many = Array.from({ length: 33 }, (_, index) => `Customer ${index + 1}`);
const acme = { name: 'acme', oneOfSeveral: true };

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
  ['account.agent', ofAccount(agentCard({ view: lax12() }, aReader()), acme)],
];
