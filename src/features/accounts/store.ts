import type { Actor, Conversation } from '../../platform/conversation.ts';

/** Which account somebody chose for a conversation. */
export interface AccountChoice extends Conversation {
  readonly by: Actor;
  /** ms since 1970 */
  readonly at: number;
}

export interface AccountChoices {
  /** In the place of the one before. */
  set(choice: AccountChoice): Promise<void>;
  find(conversationKey: string): Promise<AccountChoice | undefined>;
}
