import type { StatusWord } from '../../../platform/agent.ts';
import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import { optional } from '../../../shared/optional.ts';
import {
  type Execute,
  execute,
  flatLimit,
  inOverflow,
  openRow,
  showsTo,
  withoutInputs,
} from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plain, plainName } from '../../../ui/escape.ts';
import { whyUnread } from '../../../ui/explanations/unread.ts';
import { bold, counted, dots, dotted, small, type TextRun } from '../../../ui/rich-text.ts';
import { appearanceOf, stateCell, stateRun, stateText } from '../../../ui/status.ts';
import { age, clock } from '../../../ui/time.ts';
import { type AgentView, statusOrder } from '../domain/agent-view.ts';
import { fullName } from '../domain/distinction.ts';
import { type FleetPage, freshForMs, type ListPlace, sortings } from '../domain/list.ts';
import { narrowed } from '../domain/saved-filter.ts';
import { backToAlert } from './agent-actions.ts';
import { agentLine } from './agent-line.ts';
import source from './agent-list.json' with { type: 'json' };

const fill = template(source);

export const fleetCard: CardView<FleetPage> = (model, reader): Card => {
  const { agents, counts, place } = model;
  const here = { ...place, page: model.page };
  const present = statusOrder.filter((statusWord) => counts[statusWord] > 0);
  const said = present.map((statusWord) => countText(statusWord, counts[statusWord]));
  return fill(
    {
      refresh: execute('Refresh', 'agents.page', here),
      reload: execute('Refresh', 'agents.page', here, {
        ...withoutInputs,
        // Teams refreshes by itself, too.
        ...(hasFive(model, reader) ? inOverflow : {}),
      }),
      hasCounts: present.length > 0,
      counts: dotted(present.map((one) => countRun(one, model, present.length > 1))),
      about: [
        small(
          dots([filterText(place), rangeText(model), sortText(place), takenText(model, reader)]),
        ),
      ],
      rows: agents.map((view) => row(view, here, reader)),
      notes: notes(model),
      paging: [...paging(model), ...backToAlert(place.alert), ...actOnThese(model, reader)],
      filter: place.filter,
      apply: execute('Apply', 'agents.page', { page: 1, ...optional('alert', place.alert) }),
      sort: place.sort ?? 'worst',
      sortings: Object.entries(sortings).map(([value, title]) => ({ value, title })),
      hasPages: model.pages > 1,
      pages: model.pages,
      pageLabel: `Go to page, 1 to ${model.pages}`,
      pageNumber: String(model.page),
      jump: execute('Open', 'agent.show', { list: here }),
      hasChoices: agents.length > 0,
      choices: agents.map(({ agent }) => ({
        title: plainName(fullName(agent)),
        value: agent.id,
      })),
    },
    agents.length === 0 ? emptyText(model) : said.join(' · '),
  );
};

/** PingPlotter's words keep their capital; the others are plain English. */
const countText = (statusWord: StatusWord, count: number): string => {
  const { word, isSubtle } = appearanceOf(statusWord);
  return `${count} ${isSubtle ? word.toLowerCase() : word}`;
};

/** What opens the agents of a state; a state that no filter is exactly about has none. */
const filterOf: Readonly<Partial<Record<StatusWord, string>>> = {
  poor: 'is:poor',
  fair: 'is:fair',
  good: 'is:good',
  offline: 'is:offline',
  unknown: 'is:unknown',
  paused: 'is:paused',
  never: 'is:never',
};

/** A press on it opens those agents, among the ones that are listed. */
const countRun = (
  statusWord: StatusWord,
  { counts, place }: FleetPage,
  isPressed: boolean,
): TextRun => {
  const said = countText(statusWord, counts[statusWord]);
  const shown = stateRun(said, statusWord);
  const term = filterOf[statusWord];
  const filter = term === undefined ? undefined : narrowed(place.filter, term);
  return filter === undefined || !isPressed
    ? shown
    : {
        ...shown,
        underline: true,
        selectAction: execute(said, 'agents.page', { ...place, filter, page: 1 }, withoutInputs),
      };
};

const sortText = ({ sort = 'worst' }: ListPlace): string =>
  sort === 'worst' ? '' : `by ${sortings[sort].toLowerCase()}`;

const filterText = ({ filter }: ListPlace): string => plain(filter, 100);

const rangeText = ({ agents, matching, page, pages }: FleetPage): string => {
  if (pages <= 1 || agents.length === 0) return counted(matching, 'agent');
  const last = page >= pages ? matching : page * agents.length;
  return `${last - agents.length + 1}–${last} of ${counted(matching, 'agent')}`;
};

const takenText = ({ takenAt }: FleetPage, reader: Reader): string => {
  const time = clock(takenAt, reader);
  const old = reader.now - takenAt;
  return old > freshForMs ? `as of ${time} (${age(old)} ago)` : time;
};

const row = (view: AgentView, list: ListPlace, reader: Reader) => {
  const line = agentLine(view, reader);
  const { agent, statusWord, score } = view;
  return {
    open: openRow(fullName(agent, 40), dots([stateText(statusWord, score), line]), {
      agent: agent.id,
      list,
    }),
    name: [bold(plainName(fullName(agent)))],
    hasLine: line !== '',
    line: [small(line)],
    ...stateCell(statusWord, score),
  };
};

const emptyText = ({ place: { filter }, skipped }: FleetPage): string => {
  if (filter.trim() !== '') return `Nothing found: no agent matches “${plain(filter, 100)}”.`;
  return skipped > 0
    ? `PingPlotter lists ${counted(skipped, 'agent')}, none in a form that can be read.`
    : 'PingPlotter lists no agents.';
};

const scoresOf = ({ noScoresOf }: FleetPage): string =>
  noScoresOf === undefined ? 'Scores' : `Scores of ${counted(noScoresOf, 'agent')}`;

const notes = (model: FleetPage): readonly { readonly inlines: readonly TextRun[] }[] => [
  ...(model.agents.length === 0 ? [{ inlines: [bold(emptyText(model))] }] : []),
  ...(model.noScores === undefined
    ? []
    : [{ inlines: [small(`${scoresOf(model)} are unknown: ${whyUnread(model.noScores)}.`)] }]),
  ...(model.skipped > 0 && (model.agents.length > 0 || model.place.filter.trim() !== '')
    ? [
        {
          inlines: [
            small(
              `PingPlotter told of ${counted(model.skipped, 'more agent')} in a form that cannot be read.`,
            ),
          ],
        },
      ]
    : []),
];

const paging = ({ agents, matching, page, pages, place }: FleetPage): readonly Execute[] => {
  if (agents.length === 0 && place.filter.trim() !== '')
    return [execute('All agents', 'agents.page', { ...place, filter: '', page: 1 }, withoutInputs)];
  const left = matching - page * agents.length;
  return [
    ...(page < pages
      ? [
          execute(
            `Next ${Math.min(agents.length, left)}`,
            'agents.page',
            { ...place, page: page + 1 },
            withoutInputs,
          ),
        ]
      : []),
    ...(page > 1
      ? [execute('Previous', 'agents.page', { ...place, page: page - 1 }, withoutInputs)]
      : []),
    ...(place.filter.trim() === '' || place.alert !== undefined
      ? []
      : [execute('All agents', 'agents.page', { ...place, filter: '', page: 1 }, withoutInputs)]),
  ];
};

/** Of one that a filter has found there is the agent's own card, and all of the fleet are meant by a command alone. */
const actOnThese = ({ matching, place }: FleetPage, reader: Reader): readonly Execute[] =>
  matching > 1 && place.filter.trim() !== '' && showsTo(reader, 'operator')
    ? [execute(`Act on these ${matching}`, 'bulk.choose', { list: place }, withoutInputs)]
    : [];

/** With “Filter, sort” there are as many buttons side by side as a card may have. */
const hasFive = (model: FleetPage, reader: Reader): boolean =>
  [...paging(model), ...backToAlert(model.place.alert), ...actOnThese(model, reader)].length + 1 >=
  flatLimit;
