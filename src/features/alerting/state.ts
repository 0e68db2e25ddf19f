import type { Memory } from '../../monitor/state.ts';
import { inSlices } from '../../platform/slices.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { KeptState } from './domain/alert-state.ts';
import { createStateBook, type StateBook, type StateChange } from './domain/alert-states.ts';

export const forgetEnded = ({ book, terms }: Memory, existing: ReadonlySet<string>): void => {
  for (const id of book.watches()) if (!existing.has(id)) book.forgetWatch(id);
  for (const id of terms.keys()) if (!existing.has(id)) terms.delete(id);
};

export const loadStates = async (
  store: Pick<StoreTransaction, 'alertStates'>,
  account: string,
): Promise<StateBook> => {
  const book = createStateBook();
  const changes: StateChange[] = [];
  await inSlices(await store.alertStates.all(account), ({ state, ...key }) => {
    const { data } = KeptState.safeParse(state);
    if (data !== undefined) changes.push({ ...key, after: data });
  });
  book.apply(changes);
  return book;
};
