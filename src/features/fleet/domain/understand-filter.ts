import { AppError, refusal } from '../../../platform/errors.ts';
import { filterInSlices } from '../../../platform/slices.ts';
import { fold } from '../../../shared/fold.ts';
import { nearestWords } from '../../../shared/nearest.ts';
import { longestFilter, quoteMarks, unquoted } from '../../../shared/text.ts';
import type { AgentView, FleetView } from './agent-view.ts';
import { isStateWord, matches, parseFilter, requireFilterLength, textFilter } from './filter.ts';
import { type TypedTerm, termGroups } from './filter-grammar.ts';
import { expandFilter, type NamedFilter } from './saved-filter.ts';

/**
 * What a typed filter means in this fleet, as a filter: an agent's whole name wins over the grammar, and a
 * bare `poor` that no agent is called means `is:poor`, and `@boise` what was saved under that name. Throws 'bad-input' for one that cannot be read, or asks
 * for a field that no agent has.
 */
export const understandFilter = (
  text: string,
  agents: readonly AgentView[],
  saved: readonly NamedFilter[] = [],
): string => {
  requireFilterLength(text);
  if (text.trim() === '') return text;
  const wanted = new Set([fold(text), fold(unquoted(text))]);
  const named = agents.find(({ agent }) => wanted.has(fold(agent.name)));
  if (named !== undefined) return finds(text, named) ? text : exactName(named.agent.name);
  const expanded = expandFilter(text, saved);
  requireKnown(expanded, agents);
  return withStates(expanded, agents);
};

const finds = (text: string, view: AgentView): boolean => {
  try {
    return matches(parseFilter(text))(view);
  } catch {
    return false;
  }
};

const anyQuote = new RegExp(`[${quoteMarks}]`, 'gu');

/** The filter for a name that the grammar would take for something else; a quote cannot stand in quotes. */
const exactName = (name: string): string => {
  const most = longestFilter - 'name:""*'.length;
  const pattern = name.replace(anyQuote, '*');
  return `name:"${pattern.length > most ? `${pattern.slice(0, most)}*` : pattern}"`;
};

const requireKnown = (text: string, agents: readonly AgentView[]): void => {
  try {
    parseFilter(text);
  } catch (error) {
    throw asOwnField(error, agents);
  }
  const asked = termGroups(text)
    .flat()
    .filter(({ field }) => field !== undefined);
  if (agents.length === 0 || asked.length === 0) return;
  const fields = fieldsOf(agents);
  const folded = fields.map(fold);
  const unknown = asked.find(({ field = '' }) => !folded.includes(fold(field)));
  if (unknown === undefined) return;
  const [near = ''] = nearestWords(fold(unknown.field ?? ''), folded);
  const nearest = fields[folded.indexOf(near)];
  throw refusal('bad-input', 'filter.no-such-field', {
    typed: unknown.text,
    nearest: nearest === undefined ? undefined : fieldTerm(nearest, unknown.value),
    fields: fields.slice(0, shownFields),
  });
};

const shownFields = 12;

/** `site:boise` where agents have a field Site: that is what is near. */
const asOwnField = (error: unknown, agents: readonly AgentView[]): unknown => {
  if (!(error instanceof AppError)) return error;
  const { reason } = error.detail;
  if (reason?.name !== 'filter.unknown-key' || !('value' in reason.facts)) return error;
  const { facts } = reason;
  const own = fieldsOf(agents).find((field) => fold(field) === facts.key);
  if (own === undefined) return error;
  return refusal('bad-input', 'filter.unknown-key', {
    ...facts,
    nearest: fieldTerm(own, facts.value),
  });
};

const fieldTerm = (field: string, value: string): string => {
  const quoted = (text: string): string => (/[\s:]/u.test(text) ? `"${text}"` : text);
  return `field.${quoted(field)}:${quoted(value)}`;
};

const fieldsOf = (agents: readonly AgentView[]): readonly string[] => [
  ...new Set(agents.flatMap(({ agent }) => agent.customFields.map(({ name }) => name))),
];

const withStates = (text: string, agents: readonly AgentView[]): string => {
  const bare = termGroups(text).flat().filter(isBareState);
  const states = new Set(
    [...new Set(bare.map(({ value }) => fold(value)))].filter((word) => !isText(word, agents)),
  );
  const understood = bare
    .filter(({ value }) => states.has(fold(value)))
    .reduceRight((before, { index, text: typed, value }) => {
      const at = before.indexOf(typed, index);
      return `${before.slice(0, at)}is:${fold(value)}${before.slice(at + typed.length)}`;
    }, text);
  return understood.length > longestFilter ? text : understood;
};

const isBareState = ({ key, field, quoted, value }: TypedTerm): boolean =>
  key === undefined && field === undefined && !quoted && isStateWord(fold(value));

const isText = (word: string, agents: readonly AgentView[]): boolean =>
  agents.some(matches(textFilter(word)));

/** Whether the filter asks for words that may be a slip: neither quoted nor said with a key. */
export const hasFreeWords = (text: string): boolean =>
  termGroups(text)
    .flat()
    .some(
      ({ key, field, quoted, value, not }) =>
        [key, field].every((one) => one === undefined) && !quoted && !not && value !== '',
    );

/** The agents that a filter is about, with turns for others in between. */
export const agentsMatching = (
  agents: readonly AgentView[],
  filter: string,
  source: 'typed' | 'stored' = 'typed',
): Promise<readonly AgentView[]> => filterInSlices(agents, matches(parseFilter(filter, source)));

/** How many agents of the fleet a stored filter is about. Throws 'bad-input' for one that is too long. */
export const countMatching = async (
  { agents }: Pick<FleetView, 'agents'>,
  filter: string,
): Promise<number> => (await agentsMatching(agents, filter, 'stored')).length;
