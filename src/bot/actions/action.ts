import type { Role } from '../../core/role.ts';
import type { Reply, Trigger } from '../../core/turn.ts';
import type { Verb, VerbData } from '../../core/verbs.ts';
import type { BotPorts, Turn } from '../turn.ts';

/** What a button does. */
export interface CardAction<V extends Verb> {
  readonly role: Role;
  /** It only reads, so Teams may run it by itself to refresh a card. */
  readonly reads?: true;
  run(ports: BotPorts, turn: Turn, data: VerbData<V>, trigger: Trigger): Promise<Reply>;
}
