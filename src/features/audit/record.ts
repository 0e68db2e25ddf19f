import { parseCommand } from '../../chat/command-line.ts';
import { type ActionTable, isVerb, readVerbData } from '../../chat/define-action.ts';
import { type CommandFacts, commandCalled } from '../../chat/define-command.ts';
import type { Asked, AuditRecorder } from '../../chat/middleware/audit.ts';
import { personIdOf } from '../../chat/person.ts';
import type { Clock } from '../../platform/clock.ts';
import {
  type AppError,
  type AuditedChange,
  asAppError,
  type ErrorCode,
} from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { optional } from '../../shared/optional.ts';
import { mayAct, type Role } from '../../shared/role.ts';
import type { AuditEntry, AuditLog } from './store.ts';

/** What can be asked for: an entry names it as these tables do. */
interface Registry {
  readonly commands: readonly CommandFacts[];
  readonly actions: ActionTable;
}

interface Ports extends Registry {
  readonly audit: Pick<AuditLog, 'append'>;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface AuditRecording extends AuditRecorder {
  /** Stores what waits; what the store does not take even now goes to the log alone. */
  stop(): Promise<void>;
}

/** What waits for the store, at most. */
const mostWaiting = 1000;
const retryMs = 2000;

/**
 * An entry that the store does not take waits in memory, in order, and is stored when the store is back. A process that
 * is killed meanwhile loses it, so the log says at once who did what where: in ids alone, for what people typed and how
 * agents are called stands in no line.
 */
export const createAuditRecorder = ({ audit, clock, log, ...registry }: Ports): AuditRecording => {
  const waiting: AuditEntry[] = [];
  let storing: Promise<boolean> | undefined;
  let stopRetrying: (() => void) | undefined;

  const storeAll = async (): Promise<boolean> => {
    stopRetrying?.();
    try {
      for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
        await audit.append(first);
        waiting.shift();
      }
      return true;
    } catch (error) {
      log.warn('audit.delayed', { code: asAppError(error).code, waiting: waiting.length });
      stopRetrying = clock.after(retryMs, () => void store());
      return false;
    }
  };

  /** One at a time, so that no entry comes before an earlier one. */
  const store = (): Promise<boolean> => {
    storing ??= storeAll().finally(() => {
      storing = undefined;
    });
    return storing;
  };

  const lose = (entry: AuditEntry): void => log.error('audit.entry-lost', idsOf(entry));

  const record = async (entry: AuditEntry): Promise<boolean> => {
    waiting.push(entry);
    if (waiting.length > mostWaiting) waiting.splice(0, 1).forEach(lose);
    // One that was under way may have ended just before it saw this entry.
    const stored = (await store()) && (!waiting.includes(entry) || (await store()));
    if (!stored && waiting.includes(entry)) log.warn('audit.entry-waits', idsOf(entry));
    return stored;
  };

  return {
    changed: (asked, change) => record(entryOf(registry, asked, clock.now(), change)),
    failed: async (asked, error) => {
      const entry = failedEntry(registry, asked, clock.now(), error);
      return entry === undefined || record(entry);
    },
    stop: async () => {
      if (waiting.length > 0) await store();
      stopRetrying?.();
      waiting.splice(0).forEach(lose);
    },
  };
};

const idsOf = (entry: AuditEntry): Readonly<Record<string, unknown>> => {
  const { account, conversationKey, tenantId, personId, at, action, agentId } = entry;
  const { result, status, correlationId } = entry;
  return {
    account,
    conversationKey,
    tenantId,
    personId,
    at,
    action,
    ...optional('agentId', agentId),
    result,
    ...optional('status', status),
    correlationId,
  };
};

/** An entry's texts come from people and machines outside: a name can be 10,000 signs long. */
const longest = 200;
const bounded = (text: string): string => text.slice(0, longest);

/** What was asked for, by its name in the tables of commands and verbs, and the role that it takes. */
const wanted = (
  { commands, actions }: Registry,
  asked: Asked,
): { readonly action: string; readonly role: Role } => {
  if (asked.kind === 'command') return commandNamed(commands, parseCommand(asked.text).name);
  if (!isVerb(actions, asked.verb)) return { action: bounded(asked.verb), role: 'none' };
  if (asked.verb !== 'command.run') return { action: asked.verb, role: actions[asked.verb].role };
  return commandNamed(commands, readVerbData(actions, 'command.run', asked.data)?.command ?? '');
};

const commandNamed = (
  commands: readonly CommandFacts[],
  name: string,
): { readonly action: string; readonly role: Role } => {
  const command = commandCalled(commands, name);
  return { action: command?.name ?? bounded(name), role: command?.role ?? 'none' };
};

/** A change that was made, or tried. */
const entryOf = (
  registry: Registry,
  asked: Asked,
  at: number,
  auditedChange: AuditedChange,
): AuditEntry => {
  const { scope } = asked;
  const { agentId, agentName, before, after, detail, status, result = 'done' } = auditedChange;
  // An id that this account does not know may be of another one.
  const isForeign = result === 'not-found' && scope.oneOfSeveral === true;
  return {
    account: scope.account,
    tenantId: scope.address.tenantId,
    conversationKey: scope.conversationKey,
    personId: personIdOf(scope),
    personName: bounded(scope.person.name),
    at,
    action: wanted(registry, asked).action,
    ...optional('agentId', agentId ?? (isForeign ? undefined : agentPressed(registry, asked))),
    ...optional('agentName', agentName && bounded(agentName)),
    result,
    ...optional('before', before && bounded(before)),
    ...optional('after', after && bounded(after)),
    ...optional('detail', detail && bounded(detail)),
    ...optional('status', status),
    correlationId: scope.correlationId,
  };
};

const agentPressed = (registry: Registry, asked: Asked): string | undefined => {
  if (asked.kind === 'command' || !isVerb(registry.actions, asked.verb)) return undefined;
  const data = readVerbData(registry.actions, asked.verb, asked.data);
  return data !== undefined && 'agent' in data && data.agent !== '' ? data.agent : undefined;
};

const refusals: ReadonlySet<ErrorCode> = new Set(['not-allowed', 'roster-unreadable', 'expired']);
/** Nothing was tried yet. */
const mistakes: ReadonlySet<ErrorCode> = new Set(['bad-input', 'busy']);

/**
 * Refusals and failures: every refusal, and every change that failed. Left out is what somebody only
 * typed wrong, what only reads, and a refresh that comes by itself from every open client.
 */
const failedEntry = (
  registry: Registry,
  asked: Asked,
  at: number,
  { code, message, detail }: AppError,
): AuditEntry | undefined => {
  const forged = detail.forged === true;
  const automatic = asked.kind === 'action' && asked.trigger === 'automatic';
  const refused = forged || (refusals.has(code) && !automatic);
  const tried = mayAct(wanted(registry, asked).role, 'operator') && !mistakes.has(code);
  if (!refused && !tried) return undefined;
  const about = asked.kind === 'command' ? asked.text : message;
  const guest = asked.scope.guest === true ? 'guest: ' : '';
  return entryOf(registry, asked, at, {
    result: code,
    detail: `${guest}${about}`,
    ...optional('status', detail.status),
  });
};
