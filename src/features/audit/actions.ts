import { z } from 'zod';
import { defineAction, Id } from '../../chat/define-action.ts';
import { personIdOf, requireRole } from '../../chat/person.ts';
import { privateReply } from '../../chat/reply.ts';
import { csvCard } from '../../chat/table.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import type { FileLinks } from '../../platform/files.ts';
import { normalizeId } from '../../shared/names.ts';
import { auditCard } from './cards/audit.ts';
import { auditTable } from './cards/audit-csv.ts';
import { readAudit } from './read-audit.ts';
import type { AuditLog } from './store.ts';

export interface Ports {
  readonly files: FileLinks;
  readonly store: { readonly audit: AuditLog };
}

const pageSize = 10;
/** A file of so many entries has some megabytes. */
const mostLines = 10_000;

/** `about` an agent, `by` a person, from `since` on in ms since 1970, without the newest `skip`. */
const AuditData = z.object({
  about: Id.optional(),
  by: Id.optional(),
  since: z.coerce.number().int().nonnegative(),
  skip: z.coerce.number().int().min(0).max(100_000).default(0),
  as: z.literal('csv').optional(),
});
type AuditData = z.infer<typeof AuditData>;

declare module '../../ui/action.ts' {
  interface Verbs {
    'audit.page': AuditData;
  }
}

/** One page of the log, or more of it as CSV. Throws 'not-allowed' when somebody else's entries are asked for by no admin. */
export const auditReply = async (
  ports: Ports,
  turn: Turn,
  { about, by, since, skip, as }: AuditData,
): Promise<Reply> => {
  const others = by !== undefined && normalizeId(by) !== normalizeId(personIdOf(turn.scope));
  if (others) requireRole(turn.scope, 'admin', 'Seeing what others did');
  const limit = as === 'csv' ? mostLines : pageSize;
  const asked = { agentId: about, personId: by, since, skip, limit };
  const page = { ...(await readAudit(ports)(turn.scope, asked)), about, by, since };
  return privateReply(
    as === 'csv'
      ? await csvCard(ports, auditTable(page, turn.reader))
      : auditCard({ ...page, skip, pageSize }, turn.reader),
  );
};

const showAudit = defineAction('audit.page', {
  data: AuditData,
  role: 'viewer',
  title: 'Seeing the audit log',
  reads: true,
  run: auditReply,
});

export const auditActions = { 'audit.page': showAudit };
