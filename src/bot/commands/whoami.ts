import { whoamiCard } from '../../cards/whoami.ts';
import { personIdOf } from '../../use-cases/actor.ts';
import { reply } from '../answers.ts';
import type { Command } from '../command.ts';

export const whoami: Command = {
  name: 'whoami',
  usage: 'whoami',
  summary: 'Your id, tenant and role',
  details: [],
  role: 'none',
  looksOnly: true,
  run: async (_ports, { scope, reader }) =>
    reply(
      whoamiCard(
        {
          name: scope.person.name,
          id: personIdOf(scope),
          tenantId: scope.address.tenantId,
          role: scope.role,
          guest: scope.guest === true,
        },
        reader,
      ),
    ),
};
