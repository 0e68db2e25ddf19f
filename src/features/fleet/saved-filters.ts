import { actorOf } from '../../chat/person.ts';
import { conversationOf, type Scope } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { refusal } from '../../platform/errors.ts';
import { fold } from '../../shared/fold.ts';
import { nearestWords } from '../../shared/nearest.ts';
import { filterName } from './domain/saved-filter.ts';
import type { FleetReader } from './ports.ts';
import type { SavedFilter, SavedFilters } from './store.ts';

export interface SavedFilterPorts {
  readonly clock: Clock;
  readonly fleets: Pick<FleetReader, 'understand' | 'count'>;
  readonly newId: () => string;
  readonly store: { readonly savedFilters: SavedFilters };
}

/** Per conversation: a card shows all of them. */
const mostFilters = 25;

export interface SavedNow {
  readonly saved: SavedFilter;
  /** What the name stood for until now. */
  readonly before?: SavedFilter;
}

/**
 * Saves a filter under a name, in the place of one of that name. Names of other saved filters in it are replaced by what
 * they stand for now, so that none can come back to itself and none changes by itself. Throws 'bad-input'.
 */
export const saveFilter =
  ({ clock, fleets, newId, store }: SavedFilterPorts) =>
  async (scope: Scope, typedName: string, typed: string): Promise<SavedNow> => {
    const name = filterName(typedName);
    const filter = await fleets.understand(scope, typed);
    const others = await store.savedFilters.list(conversationOf(scope));
    const before = others.find((one) => fold(one.name) === fold(name));
    if (before === undefined && others.length >= mostFilters)
      throw refusal('bad-input', 'saved-filter.too-many', { most: mostFilters });
    const saved = {
      ...conversationOf(scope),
      id: before?.id ?? newId(),
      name,
      filter,
      by: actorOf(scope),
      at: clock.now(),
    };
    await store.savedFilters.save(saved);
    return before === undefined ? { saved } : { saved, before };
  };

/** The saved filter of an id. Throws 'changed' where it is gone. */
export const findSaved =
  ({ store }: Pick<SavedFilterPorts, 'store'>) =>
  async (scope: Scope, id: string): Promise<SavedFilter> => {
    const all = await store.savedFilters.list(conversationOf(scope));
    const found = all.find((one) => one.id === id);
    if (found === undefined) throw refusal('changed', 'saved-filter.gone');
    return found;
  };

/** The saved filter of a typed name. Throws 'bad-input' with the nearest one. */
export const savedCalled =
  ({ store }: Pick<SavedFilterPorts, 'store'>) =>
  async (scope: Scope, typed: string): Promise<SavedFilter> => {
    const wanted = fold(filterName(typed));
    const all = await store.savedFilters.list(conversationOf(scope));
    const found = all.find(({ name }) => fold(name) === wanted);
    if (found !== undefined) return found;
    const [near] = nearestWords(
      wanted,
      all.map(({ name }) => fold(name)),
    );
    const nearest = all.find(({ name }) => fold(name) === near)?.name;
    throw refusal('bad-input', 'saved-filter.unknown', {
      typed: `@${filterName(typed)}`,
      nearest: nearest && `@${nearest}`,
      names: all.slice(0, 12).map(({ name }) => `@${name}`),
    });
  };

/** Throws 'changed' where somebody else was faster. */
export const forgetFilter =
  ({ store }: Pick<SavedFilterPorts, 'store'>) =>
  async (scope: Scope, { id }: SavedFilter): Promise<void> => {
    if (!(await store.savedFilters.remove(conversationOf(scope), id)))
      throw refusal('changed', 'saved-filter.gone');
  };
