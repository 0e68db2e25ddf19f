import type { Card, CardView } from '../../../platform/messenger.ts';
import { type Execute, execute } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { counted, dots, opening, run, small, type TextRun } from '../../../ui/rich-text.ts';
import type { SavedFilter } from '../store.ts';
import source from './saved-filters.json' with { type: 'json' };

export interface SavedFiltersModel {
  readonly filters: readonly SavedFilter[];
  /** What was just done: saved, changed from what it was, or forgotten. */
  readonly done?: {
    readonly what: 'saved' | 'forgotten';
    readonly filter: SavedFilter;
    readonly before?: SavedFilter;
    /** How many agents it finds now. */
    readonly matching?: number;
    /** What was typed named other saved filters. */
    readonly expanded?: true;
    readonly by: string;
  };
}

const fill = template(source);

/** The filters that this conversation calls by a name. */
export const savedFiltersCard: CardView<SavedFiltersModel> = (model): Card => {
  const { filters, done } = model;
  const about =
    filters.length === 0
      ? 'No filter is saved here. Save one like this: save filter boise = field.Site:Boise'
      : `${counted(filters.length, 'filter')} of this conversation · use one by its name, like agents @${
          filters[0]?.name ?? ''
        }`;
  const news = done === undefined ? undefined : doneText(done);
  return fill(
    {
      about: [small(plain(about, 200))],
      news: news === undefined ? [] : [{ inlines: [run(plain(news, 500))] }],
      rows: filters.map(row),
      actions: [execute('All agents', 'agents.page', { filter: '', page: 1 })],
    },
    plain(news ?? about, 200),
  );
};

const doneText = ({
  what,
  filter,
  before,
  matching,
  expanded,
  by,
}: NonNullable<SavedFiltersModel['done']>): string => {
  const who = plainName(by);
  if (what === 'forgotten')
    return `@${filter.name} is forgotten (${filter.filter}), by ${who}. Watches that were made with it go on.`;
  return [
    `@${filter.name} = ${filter.filter}`,
    before === undefined || before.filter === filter.filter
      ? `saved by ${who}`
      : `instead of ${before.filter}, by ${who}`,
    ...(matching === undefined ? [] : [`it finds ${counted(matching, 'agent')} now`]),
    ...(expanded === true ? ['the names in it were replaced by what they stand for now'] : []),
  ].join(' · ');
};

interface Row {
  readonly name: readonly TextRun[];
  readonly line: readonly TextRun[];
  readonly show: Execute;
  readonly buttons: readonly { readonly action: Execute }[];
}

const row = ({ id, name, filter, by }: SavedFilter): Row => {
  const said = `@${plainName(name, 40)}`;
  return {
    name: [opening(said)],
    line: [small(dots([plain(filter, 80), `by ${plainName(by.name)}`]))],
    show: execute(`Show ${said}`, 'filter.show', { filter: id }),
    buttons: [
      {
        action: execute('Forget', 'filter.forget', { filter: id }, { tooltip: `Forget ${said}` }),
      },
    ],
  };
};
