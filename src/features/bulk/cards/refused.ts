import type { Card } from '../../../platform/messenger.ts';
import { runCommand } from '../../../ui/action.ts';
import { plainName } from '../../../ui/escape.ts';
import { entriesCard, statement } from '../../../ui/plain-cards.ts';
import { bold, counted } from '../../../ui/rich-text.ts';
import type { BulkJob, LeftOutSome } from '../domain/job.ts';
import type { NameFaults } from '../domain/selection.ts';
import { leftOutText } from './preview.ts';
import { filterText, wordsOf } from './wording.ts';

type Asked = Pick<BulkJob, 'act' | 'filter'>;

/** Nobody is left to be changed. */
export const nobodyCard = (asked: Asked, leftOut: readonly LeftOutSome[]): Card => {
  const title = `Nothing to ${wordsOf(asked).verb.toLowerCase()}`;
  return entriesCard(
    {
      title,
      about: filterText(asked),
      rows: leftOut.map((some) => ({ name: [bold(leftOutText(some))], line: '' })),
      actions: [runCommand('Agents', 'agents')],
    },
    title,
  );
};

const mostRows = 10;

/** A pattern that must not be used: it would leave agents without a name, or with one name. */
export const nameFaultsCard = (asked: Asked, { empty, same }: NameFaults): Card => {
  const title = 'These names cannot be given';
  const rows = [
    ...empty.map((name) => ({ name: [bold(plainName(name))], line: 'would have no name' })),
    ...same.map(({ name, agents }) => ({
      name: [bold(plainName(name))],
      line: `would be the name of ${listed(agents)}`,
    })),
  ];
  const more = rows.length - mostRows;
  return entriesCard(
    {
      title,
      about: `${filterText(asked)}: nothing was renamed. Make the names differ, by {n} or {machine}.`,
      rows: rows.slice(0, mostRows),
      ...(more > 0 ? { note: `and ${counted(more, 'more name')}` } : {}),
      actions: [runCommand('Agents', 'agents')],
    },
    title,
  );
};

const named = 3;

const listed = (agents: readonly string[]): string => {
  const names = agents.slice(0, named).map((name) => plainName(name, 40));
  const rest = agents.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(' and ');
};

/** The filter is about nobody. */
export const noMatchCard = (asked: Asked): Card =>
  statement(
    {
      title: 'No agent matches',
      line: `${wordsOf(asked).verb} ${filterText(asked)}: nothing was done`,
      actions: [runCommand('Agents', 'agents')],
    },
    'No agent matches',
  );

/** A preview that was given up. */
export const givenUpCard = (asked: Asked): Card =>
  statement(
    {
      title: 'Nothing was changed',
      line: `${wordsOf(asked).verb} ${filterText(asked)}: cancelled`,
      actions: [runCommand('Agents', 'agents')],
    },
    'Nothing was changed',
  );
