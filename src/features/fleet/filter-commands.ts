import { z } from 'zod';
import { requireFilterAlone, usageError } from '../../chat/command-line.ts';
import { defineAction, Id } from '../../chat/define-action.ts';
import { defineCommand } from '../../chat/define-command.ts';
import { requireVoiceHere } from '../../chat/person.ts';
import { changeReply, reply } from '../../chat/reply.ts';
import { conversationOf, type Reply, readerOf, type Turn } from '../../chat/turn.ts';
import type { Card } from '../../platform/messenger.ts';
import { optional } from '../../shared/optional.ts';
import { isWord, tokenize } from '../../shared/tokens.ts';
import { listCard } from './actions.ts';
import { type SavedFiltersModel, savedFiltersCard } from './cards/saved-filters.ts';
import { callsFilters } from './domain/saved-filter.ts';
import type { FleetReader } from './ports.ts';
import {
  findSaved,
  forgetFilter,
  type SavedFilterPorts,
  savedCalled,
  saveFilter,
} from './saved-filters.ts';
import type { SavedFilter } from './store.ts';

type Ports = Omit<SavedFilterPorts, 'fleets'> & { readonly fleets: FleetReader };

const SavedData = z.object({ filter: Id });

declare module '../../ui/action.ts' {
  interface Verbs {
    'filter.show': z.infer<typeof SavedData>;
    'filter.forget': z.infer<typeof SavedData>;
  }
}

const savedCard = async (
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  { scope }: Turn,
  done?: SavedFiltersModel['done'],
): Promise<Card> =>
  savedFiltersCard(
    { filters: await store.savedFilters.list(conversationOf(scope)), ...optional('done', done) },
    readerOf(scope, clock),
  );

const saveUsage = 'save filter <name> = <filter>';

export const save = defineCommand({
  name: 'save',
  group: 'Look',
  usage: saveUsage,
  summary: 'Give a filter a name in this conversation, to use as @name',
  details: [
    'save filter boise = field.Site:Boise',
    'then: agents @boise is:poor, watch @boise, maintenance @boise from …',
    'A watch made with it keeps what the name stands for at that moment.',
    '“filters” shows them. In groups and channels it takes the role operator.',
  ],
  role: 'viewer',
  run: async (ports: Ports, turn, rest) => {
    requireVoiceHere(turn.scope, 'Saving a filter');
    const { name, filter } = nameAndFilter(rest);
    const { saved, before } = await saveFilter(ports)(turn.scope, name, filter);
    const change = {
      ...optional('before', before?.filter),
      after: saved.filter,
      detail: `filter @${saved.name}`,
    };
    return changeReply(change, async () => {
      const matching = await ports.fleets.count(turn.scope.account, saved.filter);
      return savedCard(ports, turn, {
        what: 'saved',
        filter: saved,
        by: turn.scope.person.name,
        ...optional('before', before),
        ...optional('matching', matching),
        ...(callsFilters(filter) ? { expanded: true } : {}),
      });
    });
  },
});

/** Throws 'bad-input'. */
const nameAndFilter = (rest: string): { readonly name: string; readonly filter: string } => {
  if (!isWord(tokenize(rest)[0], 'filter')) throw usageError(saveUsage, rest);
  const behind = rest.trim().slice('filter'.length);
  const at = behind.search(/[=＝]/u);
  const filter = behind.slice(at + 1).trim();
  if (at < 0 || filter === '') throw usageError(saveUsage, rest);
  requireFilterAlone(filter);
  return { name: behind.slice(0, at), filter };
};

export const filters = defineCommand({
  name: 'filters',
  group: 'Look',
  usage: 'filters',
  summary: 'The filters that are saved in this conversation',
  details: ['Each is used by its name: agents @boise'],
  role: 'viewer',
  reads: true,
  run: async (ports: Ports, turn, rest) => {
    if (rest.trim() !== '') throw usageError('filters', rest);
    return reply(await savedCard(ports, turn));
  },
});

const forgetUsage = 'forget filter <name>';

export const forget = defineCommand({
  name: 'forget',
  group: 'Look',
  usage: forgetUsage,
  summary: 'Forget a saved filter of this conversation',
  details: ['forget filter boise', 'Watches that were made with it go on.'],
  role: 'viewer',
  run: async (ports: Ports, turn, rest) => {
    requireVoiceHere(turn.scope, 'Forgetting a filter');
    if (!isWord(tokenize(rest)[0], 'filter')) throw usageError(forgetUsage, rest);
    const name = rest.trim().slice('filter'.length).trim();
    if (name === '') throw usageError(forgetUsage);
    return forgetting(ports, turn, await savedCalled(ports)(turn.scope, name));
  },
});

const forgetting = async (ports: Ports, turn: Turn, filter: SavedFilter): Promise<Reply> => {
  await forgetFilter(ports)(turn.scope, filter);
  const change = { before: filter.filter, after: 'forgotten', detail: `filter @${filter.name}` };
  return changeReply(change, () =>
    savedCard(ports, turn, { what: 'forgotten', filter, by: turn.scope.person.name }),
  );
};

const showFiltered = defineAction('filter.show', {
  data: SavedData,
  role: 'viewer',
  title: 'Seeing agents',
  reads: true,
  run: async (ports: Ports, turn, { filter: id }) => {
    const { filter } = await findSaved(ports)(turn.scope, id);
    return reply(await listCard(ports, turn, { filter, page: 1 }));
  },
});

const forgetSaved = defineAction('filter.forget', {
  data: SavedData,
  role: 'viewer',
  title: 'Forgetting a filter',
  run: async (ports: Ports, turn, { filter: id }) => {
    requireVoiceHere(turn.scope, 'Forgetting a filter');
    return forgetting(ports, turn, await findSaved(ports)(turn.scope, id));
  },
});

export const filterCommands = [save, filters, forget];
export const filterActions = { 'filter.show': showFiltered, 'filter.forget': forgetSaved };
