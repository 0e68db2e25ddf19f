import type { Actor } from '../../platform/conversation.ts';
import type { Role } from '../../shared/role.ts';

export interface Grant {
  readonly tenantId: string;
  /** Entra object id. */
  readonly personId: string;
  readonly personName: string;
  readonly role: Role;
  readonly by: Actor;
  readonly at: number;
}

export interface Grants {
  set(account: string, grant: Grant): Promise<void>;
  remove(account: string, tenantId: string, personId: string): Promise<boolean>;
  list(account: string, tenantId: string): Promise<readonly Grant[]>;
  /** Those of every tenant. */
  all(account: string): Promise<readonly Grant[]>;
}
