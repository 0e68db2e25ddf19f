import { parseCommand } from '../../chat/command-line.ts';
import { isVerb, readVerbData } from '../../chat/define-action.ts';
import { personIdOf } from '../../chat/person.ts';
import type { Incoming } from '../../chat/turn.ts';
import type { AppError, Deed, ErrorCode } from '../../platform/errors.ts';
import { actions, commandCalled } from '../../registry.ts';
import { optional } from '../../shared/optional.ts';
import { mayAct, type Role } from '../../shared/role.ts';
import type { AuditEntry } from './store.ts';

export type Asked = Extract<Incoming, { kind: 'command' | 'action' }>;

/** An entry's texts come from people and machines outside: a name can be 10,000 signs long. */
const longest = 200;
const bounded = (text: string): string => text.slice(0, longest);

/** What was asked for, by its name in the tables of commands and verbs, and the role that it takes. */
const wanted = (asked: Asked): { readonly action: string; readonly role: Role } => {
  if (asked.kind === 'command') return commandNamed(parseCommand(asked.text).name);
  if (!isVerb(asked.verb)) return { action: bounded(asked.verb), role: 'none' };
  if (asked.verb !== 'command.run') return { action: asked.verb, role: actions[asked.verb].role };
  return commandNamed(readVerbData('command.run', asked.data)?.command ?? '');
};

const commandNamed = (name: string): { readonly action: string; readonly role: Role } => {
  const command = commandCalled(name);
  return { action: command?.name ?? bounded(name), role: command?.role ?? 'none' };
};

/** A change that was made, or tried. */
export const entryOf = (asked: Asked, at: number, did: Deed): AuditEntry => {
  const { scope } = asked;
  const { agentId, agentName, before, after, detail, status, result = 'done' } = did;
  return {
    account: scope.account,
    tenantId: scope.address.tenantId,
    conversationKey: scope.conversationKey,
    personId: personIdOf(scope),
    personName: bounded(scope.person.name),
    at,
    action: wanted(asked).action,
    ...optional('agentId', agentId ?? agentPressed(asked)),
    ...optional('agentName', agentName && bounded(agentName)),
    result,
    ...optional('before', before && bounded(before)),
    ...optional('after', after && bounded(after)),
    ...optional('detail', detail && bounded(detail)),
    ...optional('status', status),
    correlationId: scope.correlationId,
  };
};

const agentPressed = (asked: Asked): string | undefined => {
  if (asked.kind === 'command' || !isVerb(asked.verb)) return undefined;
  const data = readVerbData(asked.verb, asked.data);
  return data !== undefined && 'agent' in data && data.agent !== '' ? data.agent : undefined;
};

const refusals: ReadonlySet<ErrorCode> = new Set(['not-allowed', 'roster-unreadable', 'expired']);
/** Nothing was tried yet. */
const mistakes: ReadonlySet<ErrorCode> = new Set(['bad-input', 'busy']);

/**
 * What did not come about: every refusal, and every change that failed. Left out is what somebody only
 * typed wrong, what only reads, and a refresh that comes by itself from every open client.
 */
export const failedEntry = (
  asked: Asked,
  at: number,
  { code, message, detail }: AppError,
): AuditEntry | undefined => {
  const forged = detail.forged === true;
  const automatic = asked.kind === 'action' && asked.trigger === 'automatic';
  const refused = forged || (refusals.has(code) && !automatic);
  const tried = mayAct(wanted(asked).role, 'operator') && !mistakes.has(code);
  if (!refused && !tried) return undefined;
  const about = asked.kind === 'command' ? asked.text : message;
  const guest = asked.scope.guest === true ? 'guest: ' : '';
  return entryOf(asked, at, {
    result: code,
    detail: `${guest}${about}`,
    ...optional('status', detail.status),
  });
};
