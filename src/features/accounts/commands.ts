import { usageError } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { privateReply } from '../../chat/reply.ts';
import type { Accounts } from '../../platform/accounts.ts';
import { refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { mayAct } from '../../shared/role.ts';
import { unquoted } from '../../shared/text.ts';
import { askedIn } from './at-account.ts';
import { accountsCard } from './cards/accounts.ts';
import { accountsOfTenant, boundByFile } from './domain/account-of.ts';
import { requireChoice, typedAccount, type UsePorts, useAccount } from './use-account.ts';

export const accountsCommand = defineCommand({
  name: 'accounts',
  group: 'The bot',
  usage: 'accounts',
  summary: 'The PingPlotter accounts that this conversation may see',
  details: ['The conversation sees one of them at a time: “use acme” changes it.'],
  role: 'viewer',
  reads: true,
  anyAccount: true,
  ofSeveral: true,
  run: async ({ accounts }: { readonly accounts: Accounts }, { scope, reader }) => {
    const list = accounts.list();
    const own = accountsOfTenant(list, scope.address.tenantId);
    if (own.length === 0) throw refusal('bad-input', 'account.none-here');
    return privateReply(
      accountsCard(
        {
          names: own.map(({ name }) => name),
          bound: boundByFile(list, askedIn(scope)) !== undefined,
          ...optional('used', scope.account || undefined),
          // Whoever runs the bot needs it for the file.
          ...optional(
            'conversation',
            mayAct(scope.role, 'admin') ? scope.conversationKey : undefined,
          ),
        },
        reader,
      ),
    );
  },
});

const useUsage = 'use <account>';

export const use = defineCommand({
  name: 'use',
  group: 'The bot',
  usage: useUsage,
  summary: 'Let this conversation see another PingPlotter account',
  details: [
    'use acme',
    'In channels and group chats operators do this.',
    'Watches, alerts and roles belong to one account: those of the account before are silent until it is used again.',
  ],
  role: 'none',
  anyAccount: true,
  ofSeveral: true,
  run: async (ports: UsePorts, turn, rest) => {
    requireChoice(turn);
    const typed = unquoted(rest.trim());
    if (typed === '') throw usageError(useUsage);
    return useAccount(ports, turn, typedAccount(turn, typed));
  },
});

export const accountCommands = [accountsCommand, use];
