import type { Generated, Kysely } from 'kysely';

/** Columns as the code sees them; in the database they are called `like_this`. Times are ms since 1970. */
export interface Tables {
  readonly installations: InstallationTable;
  readonly watches: WatchTable;
  readonly alertStates: AlertStateTable;
  readonly alerts: AlertTable;
  readonly cardMessages: CardMessageTable;
  readonly numbering: NumberingTable;
  readonly lanes: ConversationQueueTable;
  readonly outbox: OutboxTable;
  readonly mutes: MuteTable;
  readonly maintenance: MaintenanceTable;
  readonly digests: DigestTable;
  readonly timedResumes: TimedResumeTable;
  readonly leases: LeaseTable;
  readonly seenSessions: SeenSessionTable;
  readonly samplePages: SamplePageTable;
  readonly documents: DocumentTable;
  readonly confirmations: ConfirmationTable;
  readonly changes: ChangeTable;
  readonly grants: GrantTable;
  readonly audit: AuditTable;
  readonly auditHead: AuditHeadTable;
  readonly seenActivities: SeenActivityTable;
}

export type Db = Kysely<Tables>;

/** Text that holds JSON. */
type Json = string;
/** 0 or 1 */
type Flag = number;

interface ConversationColumns {
  account: string;
  conversationKey: string;
}

interface InstallationTable extends ConversationColumns {
  tenantId: string;
  serviceUrl: string;
  kind: string;
  botId: string;
  botName: string | null;
  channelId: string;
  label: string | null;
  personId: string | null;
  timeZone: string | null;
  locale: string | null;
  state: string;
  deadReason: string | null;
  lastError: string | null;
  lastErrorAt: number | null;
  sent: Generated<number>;
  failed: Generated<number>;
}

interface WatchTable extends ConversationColumns {
  id: string;
  number: number;
  filter: string;
  rule: Json;
  quietHours: Json | null;
  madeBy: Json;
  createdAt: number;
}

interface AlertStateTable {
  account: string;
  watchId: string;
  agentId: string;
  sessionId: string;
  state: Json;
}

interface AlertTable extends ConversationColumns {
  id: string;
  number: number;
  watchId: string;
  agentId: string;
  sessionId: string;
  groupId: string | null;
  openedAt: number;
  closedAt: number | null;
  ackedBy: Json | null;
  ackedAt: number | null;
  detail: Json;
}

interface CardMessageTable extends ConversationColumns {
  id: Generated<number>;
  card: string;
  messageId: string;
  at: number;
}

interface NumberingTable extends ConversationColumns {
  thing: string;
  last: number;
}

interface ConversationQueueTable extends ConversationColumns {
  claim: string | null;
  claimedBy: string | null;
  /** When free: since when. */
  claimedUntil: number;
}

interface OutboxTable extends ConversationColumns {
  id: Generated<number>;
  card: string;
  kind: string;
  payload: Json;
  state: string;
  attempts: number;
  dueAt: number;
  claim: string | null;
  inDoubt: Flag;
  failingSince: number | null;
  error: string | null;
  endedAt: number | null;
  correlationId: string | null;
}

interface MuteTable extends ConversationColumns {
  agentId: string;
  until: number;
  by: Json;
}

interface MaintenanceTable extends ConversationColumns {
  id: string;
  filter: string;
  from: number;
  until: number;
  by: Json;
}

interface DigestTable extends ConversationColumns {
  schedule: Json;
  dueAt: number;
  by: Json;
  told: Json | null;
}

interface TimedResumeTable extends ConversationColumns {
  id: string;
  agentId: string;
  sessions: Json;
  dueAt: number;
  by: Json;
  claimedBy: string | null;
  claimedUntil: number;
}

interface LeaseTable {
  name: string;
  holder: string;
  expiresAt: number;
}

interface SeenSessionTable {
  account: string;
  agentId: string;
  sessionId: string;
  name: string;
  address: string | null;
  pausedBy: Json | null;
}

interface SamplePageTable {
  id: Generated<number>;
  account: string;
  shard: number;
  at: number;
  thinned: Flag;
  page: Json;
}

interface DocumentTable {
  account: string;
  name: string;
  value: Json;
}

interface ConfirmationTable {
  token: string;
  tenantId: string;
  personId: string;
  verb: string;
  subject: string;
  expiresAt: number;
  usedAt: number | null;
}

interface ChangeTable {
  seq: Generated<number>;
  id: string;
  tenantId: string;
  conversationKey: string;
  personId: string;
  at: number;
  takenBack: Flag;
  change: Json;
}

interface GrantTable {
  account: string;
  tenantId: string;
  personId: string;
  personName: string;
  role: string;
  by: Json;
  at: number;
}

interface AuditTable {
  seq: number;
  account: string;
  tenantId: string;
  personId: string;
  agentId: string | null;
  at: number;
  entry: Json;
  hash: string;
}

/** One row: where the chain ends. */
interface AuditHeadTable {
  id: number;
  seq: number;
  hash: string;
  /** The last entry that was pruned; 0 and '' when none was. */
  prunedSeq: number;
  prunedHash: string;
}

interface SeenActivityTable {
  conversationKey: string;
  activityId: string;
  at: number;
}
