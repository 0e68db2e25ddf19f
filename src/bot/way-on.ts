import { parseCommand } from '../core/command-line.ts';
import type { ErrorCode } from '../core/errors.ts';
import { longestFilter } from '../core/filter.ts';
import type { Incoming } from '../core/turn.ts';
import { isVerb, readVerbData, type Verb } from '../core/verbs.ts';

export interface WayOn {
  readonly verb: Verb;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The button under an error: what only reads is tried again, and a change leads back to the agent,
 * whose state must be seen before anyone tries again.
 */
export const wayOn = (
  incoming: Extract<Incoming, { kind: 'command' | 'action' }>,
  code: ErrorCode,
): WayOn | undefined => {
  if (incoming.kind === 'command') {
    const { name, rest } = parseCommand(incoming.text);
    return name === 'agents' ? page(rest, code) : undefined;
  }
  const { verb, data } = incoming;
  if (!isVerb(verb)) return undefined;
  const known = readVerbData(verb, data);
  if (known === undefined) return undefined;
  if ('page' in known) return page(known.filter, code, known.page);
  if (!('agent' in known) || known.agent === '') return undefined;
  const { agent } = known;
  const list = 'list' in known ? known.list : undefined;
  return { verb: 'agent.show', data: { agent, ...(list === undefined ? {} : { list }) } };
};

/** A filter that could not be read, or is too long to be, would only fail again. */
const page = (filter: string, code: ErrorCode, number = 1): WayOn => ({
  verb: 'agents.page',
  data:
    code === 'bad-input' || filter.length > longestFilter
      ? { filter: '', page: 1 }
      : { filter, page: number },
});
