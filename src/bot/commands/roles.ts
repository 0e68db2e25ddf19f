import { rolesCard } from '../../cards/roles.ts';
import { grantsHere } from '../../use-cases/grant-role.ts';
import { reply } from '../answers.ts';
import type { Command } from '../command.ts';

export const roles: Command = {
  name: 'roles',
  usage: 'roles',
  summary: 'Who has which role',
  details: [],
  role: 'admin',
  run: async (ports, { scope, reader }) => {
    const { admins, defaultRole } = ports.roles.rules;
    const grants = await grantsHere(ports)(scope);
    return reply(rolesCard({ grants, admins: [...admins], defaultRole }, reader));
  },
};
