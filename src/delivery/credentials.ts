import { type Conversation, conversationId } from '../platform/conversation.ts';

/** Whether Teams takes the bot's credentials, as far as the sends so far show. */
export interface Credentials {
  accepted(by: Conversation): void;
  /** `everywhere` = there was no token at all, so no conversation was asked. */
  refused(by: Conversation, everywhere: boolean): void;
  /** Forgets all refusals, when nothing is left to send that could show the end of them. */
  forget(): void;
  /** While they are refused everywhere: then one conversation is tried at a time, and seldom. */
  isRefusedEverywhere(): boolean;
  /** ms until the next try, while they are refused everywhere. */
  waitMs(): number;
  /** Nobody takes them: refused somewhere, and accepted nowhere since. */
  isDoubtful(): boolean;
  /** This conversation refuses them, while others take them. */
  isRefusedBy(conversation: Conversation): boolean;
}

/** So long nothing is sent to any conversation after a refusal that holds for all. */
const waitMs = 10_000;
/** One conversation alone may have a fault of its own; a second one tells that it is the credentials. */
const enough = 2;
const mostAlone = 1000;

export const createCredentials = (clock: { readonly monotonic: () => number }): Credentials => {
  /** Since somebody accepted them last. */
  const refusing = new Set<string>();
  /** Those that refuse what others accept. */
  const alone = new Set<string>();
  let nextTryAt: number | undefined;

  const setAside = (key: string): void => {
    alone.add(key);
    const [oldest] = alone;
    if (alone.size > mostAlone && oldest !== undefined) alone.delete(oldest);
  };

  return {
    accepted: (by) => {
      const key = conversationId(by);
      for (const other of refusing) if (other !== key) setAside(other);
      alone.delete(key);
      refusing.clear();
      nextTryAt = undefined;
    },
    refused: (by, everywhere) => {
      const key = conversationId(by);
      if (!alone.has(key)) refusing.add(key);
      if (everywhere || nextTryAt !== undefined || refusing.size >= enough)
        nextTryAt = clock.monotonic() + waitMs;
    },
    forget: () => {
      refusing.clear();
      alone.clear();
      nextTryAt = undefined;
    },
    isRefusedEverywhere: () => nextTryAt !== undefined,
    waitMs: () => (nextTryAt === undefined ? 0 : Math.max(0, nextTryAt - clock.monotonic())),
    isDoubtful: () => nextTryAt !== undefined || refusing.size > 0,
    isRefusedBy: (conversation) => alone.has(conversationId(conversation)),
  };
};
