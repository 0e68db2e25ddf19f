import type { Kysely } from 'kysely';

/**
 * Names as the code spells them; the database spells them `like_this`. Times are ms since 1970.
 * Each collection adds its tables where it is defined.
 */
// biome-ignore lint/suspicious/noEmptyInterface: collections fill it in.
export interface Tables {}

export type Db = Kysely<Tables>;

/** Text that holds JSON. */
export type Json = string;
/** 0 or 1 */
export type Flag = number;

export interface ConversationColumns {
  account: string;
  conversationKey: string;
}
