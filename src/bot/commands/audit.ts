import { auditCard } from '../../cards/audit.ts';
import { whichCard } from '../../cards/which.ts';
import { unquoted, words } from '../../core/command-line.ts';
import { AppError } from '../../core/errors.ts';
import { sameCase } from '../../core/role.ts';
import type { Reply } from '../../core/turn.ts';
import type { VerbData } from '../../core/verbs.ts';
import { parseDuration } from '../../core/when.ts';
import { personIdOf } from '../../use-cases/actor.ts';
import { findGrantee } from '../../use-cases/grant-role.ts';
import { auditedAgents, auditPageSize, readAudit } from '../../use-cases/read-audit.ts';
import { reply } from '../answers.ts';
import type { Command } from '../command.ts';
import { type BotPorts, requireRole, type Turn } from '../turn.ts';

export const audit: Command = {
  name: 'audit',
  usage: 'audit [agent | @person] [7d]',
  summary: 'Who did what, when, with what result',
  details: [
    'audit',
    'audit lax-12 30d',
    'audit @Megan 2d',
    'Admins see what everybody did, others what they did themselves.',
  ],
  role: 'viewer',
  run: async (ports, turn, rest) => {
    const { about, since } = wish(turn, rest);
    const [person] = turn.mentions;
    if (person !== undefined) {
      const { objectId } = await findGrantee(ports)(turn.scope, person);
      return auditReply(ports, turn, { by: objectId, since, skip: 0 });
    }
    if (about === '') return auditReply(ports, turn, { since, skip: 0 });
    const [agent, ...others] = await auditedAgents(ports)(turn.scope, about);
    if (agent === undefined)
      throw new AppError('not-found', 'no such agent in the audit log', {
        explanation: `Nothing is known of an agent called “${about}”. Type “audit” to see all.`,
      });
    if (others.length === 0) return auditReply(ports, turn, { about: agent.id, since, skip: 0 });
    return reply(
      whichCard(
        {
          question: `Which agent do you mean by “${about}”?`,
          choices: [agent, ...others].slice(0, mostChoices).map(({ id, name }) => ({
            title: name,
            subtitle: '',
            verb: 'audit.page',
            data: { about: id, since },
          })),
          more: Math.max(0, others.length + 1 - mostChoices),
        },
        turn.reader,
      ),
    );
  },
};

const mostChoices = 10;
const weekMs = 7 * 86_400_000;

/** The last word may say how far back; a week if it does not. */
const wish = (
  { reader }: Turn,
  rest: string,
): { readonly about: string; readonly since: number } => {
  const typed = words(rest);
  const span = parseDuration(typed.at(-1) ?? '');
  const about = span === undefined ? rest : typed.slice(0, -1).join(' ');
  return { about: unquoted(about), since: Math.max(0, reader.now - (span ?? weekMs)) };
};

/** One page of the log. Throws 'not-allowed' when somebody else's entries are asked for by no admin. */
export const auditReply = async (
  ports: BotPorts,
  turn: Turn,
  { about, by, since, skip }: VerbData<'audit.page'>,
): Promise<Reply> => {
  const others = by !== undefined && sameCase(by) !== sameCase(personIdOf(turn.scope));
  if (others) requireRole(turn.scope, 'admin', 'Seeing what others did');
  const page = await readAudit(ports)(turn.scope, { agentId: about, personId: by, since, skip });
  return reply(
    auditCard({ ...page, about, by, since, skip, pageSize: auditPageSize }, turn.reader),
  );
};
