import { usageError, wordsBeside } from '../../chat/command-line.ts';
import { defineCommand } from '../../chat/define-command.ts';
import type { Roster } from '../../chat/person.ts';
import { findGrantee } from '../../chat/person.ts';
import { privateReply } from '../../chat/reply.ts';
import type { Turn } from '../../chat/turn.ts';
import { refusal } from '../../platform/errors.ts';
import type { FileLinks } from '../../platform/files.ts';
import { unquoted } from '../../shared/text.ts';
import { parseDuration } from '../../shared/time.ts';
import { isWord, tokenize } from '../../shared/tokens.ts';
import { whichCard } from '../../ui/which.ts';
import { fullName } from '../fleet/domain/distinction.ts';
import type { FleetReader } from '../fleet/ports.ts';
import { auditReply } from './actions.ts';
import { type AuditedAgents, auditedAgents } from './read-audit.ts';
import type { AuditLog } from './store.ts';

export interface Ports {
  readonly files: FileLinks;
  readonly fleets: FleetReader;
  readonly roster: Roster;
  readonly store: { readonly audit: AuditLog };
}

export const audit = defineCommand({
  name: 'audit',
  group: 'The bot',
  usage: 'audit [agent | @person] [7d] [csv]',
  summary: 'Who did what, when, with what result',
  details: [
    'audit',
    'audit lax-12 30d',
    'audit @Megan 2d',
    'audit 30d csv: to copy into a spreadsheet',
    'Admins see what everybody did, others what they did themselves.',
  ],
  role: 'viewer',
  run: async (ports: Ports, turn, rest) => {
    const [person] = turn.mentions;
    const agents = person === undefined ? await auditedAgents(ports)(turn.scope) : undefined;
    const { about, ...asked } = wish(turn, rest, agents);
    if (person !== undefined) {
      const beside = wordsBeside(person, about);
      if (beside !== '') throw usageError(audit.usage, beside);
      const { objectId } = await findGrantee(ports)(turn.scope, person);
      return auditReply(ports, turn, { ...asked, by: objectId, skip: 0 });
    }
    if (about === '' || agents === undefined) return auditReply(ports, turn, { ...asked, skip: 0 });
    const [agent, ...others] = agents.called(about);
    if (agent === undefined) throw refusal('not-found', 'audit.no-such-agent', { name: about });
    if (others.length === 0) return auditReply(ports, turn, { ...asked, about: agent.id, skip: 0 });
    return privateReply(
      whichCard(
        {
          question: `Which agent do you mean by “${about}”?`,
          choices: [agent, ...others].slice(0, mostChoices).map(({ id, ...named }) => ({
            title: fullName({ distinction: undefined, ...named }),
            subtitle: '',
            verb: 'audit.page',
            data: { ...asked, about: id },
          })),
          more: Math.max(0, others.length + 1 - mostChoices),
        },
        turn.reader,
      ),
    );
  },
});

const mostChoices = 10;
const weekMs = 7 * 86_400_000;

/**
 * The last words may say how far back, a week if they do not, and that CSV is wanted; unless all of them are an
 * agent's name. `7d` alone is a time, whoever is called so.
 */
const wish = (
  { reader }: Turn,
  rest: string,
  agents: Pick<AuditedAgents, 'isWholeName'> | undefined,
): { readonly about: string; readonly since: number; readonly as?: 'csv' } => {
  const tokens = tokenize(rest);
  const csv = isWord(tokens.at(-1), 'csv');
  const asked = csv ? tokens.slice(0, -1) : tokens;
  const last = asked.at(-1);
  const span = last?.quoted === false ? parseDuration(last.raw) : undefined;
  const end = span === undefined ? last?.end : asked.at(-2)?.end;
  const about = rest.slice(0, end ?? 0);
  const since = Math.max(0, reader.now - (span ?? weekMs));
  if (unquoted(about) !== '' && agents?.isWholeName(rest) === true)
    return { about: unquoted(rest), since: Math.max(0, reader.now - weekMs) };
  return { about: unquoted(about), since, ...(csv ? { as: 'csv' } : {}) };
};

export const auditCommands = [audit];
