import type { BotPorts } from '../../app.ts';
import { personIdOf, requireRole } from '../../chat/person.ts';
import { reply } from '../../chat/reply.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import { sameCase } from '../../shared/names.ts';
import type { VerbData } from '../../ui/action.ts';
import { auditCard } from './cards/audit.ts';
import { auditCsvCard } from './cards/audit-csv.ts';
import { readAudit } from './read-audit.ts';

const pageSize = 10;
/** More than a message takes. */
const mostLines = 500;

/** One page of the log, or more of it as CSV. Throws 'not-allowed' when somebody else's entries are asked for by no admin. */
export const auditReply = async (
  ports: BotPorts,
  turn: Turn,
  { about, by, since, skip, as }: VerbData<'audit.page'>,
): Promise<Reply> => {
  const others = by !== undefined && sameCase(by) !== sameCase(personIdOf(turn.scope));
  if (others) requireRole(turn.scope, 'admin', 'Seeing what others did');
  const limit = as === 'csv' ? mostLines : pageSize;
  const asked = { agentId: about, personId: by, since, skip, limit };
  const page = { ...(await readAudit(ports)(turn.scope, asked)), about, by, since };
  return reply(
    as === 'csv'
      ? auditCsvCard(page, turn.reader)
      : auditCard({ ...page, skip, pageSize }, turn.reader),
  );
};
