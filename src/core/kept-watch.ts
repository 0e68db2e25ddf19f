import { optional } from './optional.ts';
import type { WatchNamed } from './told-alert.ts';
import { WatchRule } from './watch.ts';
import type { StoredWatch, WatchDraft } from './watch-stores.ts';

/** A watch with its rule read. */
export interface KeptWatch
  extends Pick<StoredWatch, 'id' | 'number' | 'madeBy' | 'account' | 'conversationKey'> {
  readonly rule: WatchRule;
}

/** Nothing for a rule that cannot be read: it must not hide the others. */
export const readWatch = ({
  id,
  number,
  madeBy,
  account,
  conversationKey,
  rule,
}: StoredWatch): KeptWatch | undefined => {
  const { data } = WatchRule.safeParse(rule);
  return data && { id, number, madeBy, account, conversationKey, rule: data };
};

/** What is stored of a rule. */
export const termsOf = (rule: WatchRule): Pick<WatchDraft, 'filter' | 'rule' | 'quietHours'> => ({
  filter: rule.filter,
  rule,
  ...optional('quietHours', rule.quiet),
});

/** As cards name it. */
export const nameWatch = ({ id, number, rule, madeBy }: KeptWatch): WatchNamed => ({
  id,
  number,
  rule,
  madeBy: madeBy.name,
});
