import {
  isBulk,
  isForAll,
  requireFilterAlone,
  requireOneName,
  usageError,
} from '../../chat/command-line.ts';
import type { Reply, Turn } from '../../chat/turn.ts';
import { splitTiming } from '../../chat/typed-time.ts';
import { refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { isAll, unquoted } from '../../shared/text.ts';
import { isWord, tokenize } from '../../shared/tokens.ts';
import type { AskedOfMany, ChangePorts, ManyAct } from './ports.ts';

type Ports = Pick<ChangePorts, 'finder' | 'many'>;

/**
 * The preview of a change of many, where `where <filter>` or `all` was typed; nothing where it is about one agent. An
 * agent that is called so by its whole name wins.
 */
export const previewOfMany = async (
  { finder, many }: Ports,
  turn: Turn,
  act: ManyAct,
  typed: string,
  usage: string,
): Promise<Reply | undefined> => {
  if (!isBulk(typed) && !isForAll(typed)) return undefined;
  const named = await finder.readingOfWholeName(turn.scope.account, [{ agent: typed }]);
  return named === undefined ? many.preview(turn, readMany(act, typed, usage)) : undefined;
};

/** Throws 'bad-input' for whatever cannot be read, which must not widen what is done. */
export const readMany = (act: ManyAct, typed: string, usage: string): AskedOfMany => {
  const behind = behindBegin(typed);
  if (act === 'rename') return readRename(behind, typed, usage);
  const { rest, timing } =
    act === 'delete' || act === 'reconnect' ? { rest: behind } : splitTiming(behind);
  if (timing !== undefined && act === 'resume') throw refusal('bad-input', 'resume.timed');
  return { act, filter: readFilter(rest, typed, usage), ...optional('timing', timing) };
};

/** What follows `where`, `all` or `all where`. */
const behindBegin = (typed: string): string => {
  const [first, second] = tokenize(typed);
  if (first?.bare.toLowerCase().startsWith('all/') === true)
    throw refusal('bad-input', 'command.many-targets', { typed: typed.slice(first.begin + 3) });
  const end = isWord(first, 'all') && isWord(second, 'where') ? second?.end : first?.end;
  return typed.slice(end).trim();
};

const isWhere = (typed: string): boolean =>
  isBulk(typed) ||
  tokenize(typed)
    .slice(0, 2)
    .some((token) => isWord(token, 'where'));

/** Empty = all agents. */
const readFilter = (rest: string, typed: string, usage: string): string => {
  const slash = tokenize(rest).find((token) => isWord(token, '/'));
  if (slash !== undefined)
    throw refusal('bad-input', 'command.many-targets', { typed: rest.slice(slash.begin) });
  if (rest === '' && isWhere(typed)) throw usageError(usage);
  if (rest !== '' && !isWhere(typed)) throw usageError(usage, rest);
  requireFilterAlone(rest);
  return isAll(rest) ? '' : rest;
};

/** One bare "to" alone separates the filter from the pattern: a second one may stand in either. */
const readRename = (behind: string, typed: string, usage: string): AskedOfMany => {
  const [to, another] = tokenize(behind).filter((token) => isWord(token, 'to'));
  if (to === undefined) throw usageError(usage);
  if (another !== undefined) throw refusal('bad-input', 'bulk.rename-unclear', { typed: behind });
  const pattern = behind.slice(to.end).trim();
  if (unquoted(pattern) === '') throw usageError(usage);
  requireOneName(pattern, behind);
  const filter = readFilter(behind.slice(0, to.begin).trim(), typed, usage);
  return { act: 'rename', filter, pattern: unquoted(pattern) };
};
