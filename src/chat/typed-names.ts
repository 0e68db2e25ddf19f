import { type Clock, within } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import { fold } from '../shared/fold.ts';
import { optional } from '../shared/optional.ts';
import { mayAct } from '../shared/role.ts';
import { withoutEndSigns } from './command-line.ts';
import { type CommandFacts, commandCalled } from './define-command.ts';
import { isGreeting } from './greetings.ts';
import { isSentence } from './plain-words/own-form.ts';
import { vocabulary } from './plain-words/vocabulary.ts';
import type { AgentFinder } from './resolve-agent.ts';
import type { Turn } from './turn.ts';
import { splitTiming } from './typed-time.ts';

interface Ports {
  readonly finder: AgentFinder;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Typed<C extends CommandFacts = CommandFacts> {
  readonly text: string;
  /** The command that the first word means. */
  readonly command: C | undefined;
  /** What follows it. */
  readonly rest: string;
}

/** What of a typed text is the whole name of an agent, as far as that was known in time. */
export interface TypedNames {
  /** The agent that was typed by its name alone. */
  readonly alone?: string;
  /** What follows the command, with or without a time at its end, where that is somebody's name. */
  readonly behind?: string;
}

/** No command waits longer to learn whether what was typed is somebody's name. */
const longestMs = 1500;

const nothing: TypedNames = {};

/**
 * Asks for both at once, so that a command waits once. A whole name comes before a command with something behind it;
 * one that is called like a command is meant in quotes only. What is no command waits as long as PingPlotter takes.
 */
export const findTypedNames = async (
  { finder, clock, log }: Ports,
  { scope: { account, role } }: Turn,
  typed: Typed,
  commands: readonly CommandFacts[],
): Promise<TypedNames> => {
  const { text, command, rest } = typed;
  const whole = async (...readings: readonly string[]): Promise<string | undefined> =>
    (
      await finder.readingOfWholeName(
        account,
        readings.map((agent) => ({ agent })),
      )
    )?.agent;
  const alone = async (): Promise<string | undefined> => {
    const name = withoutEndSigns(text.trim());
    const found = await whole(text, name);
    if (found !== undefined || command !== undefined || vocabulary.has(fold(name))) return found;
    const readings = [text, name].map((agent) => ({ agent }));
    return (await finder.readingsOfPart(account, readings))[0]?.agent;
  };
  const asksAlone = mayAct(role, 'viewer') && mayBeAlone(text, commands);
  const asksBehind = endMatters(typed) || isLikeSentence(typed);
  const find = async (): Promise<TypedNames> => {
    const agent = asksAlone ? await alone() : undefined;
    if (agent !== undefined || !asksBehind) return optional('alone', agent);
    return optional('behind', await whole(rest, splitTiming(rest).rest));
  };
  if (!asksAlone && !asksBehind) return nothing;
  try {
    const found = find();
    if (command === undefined) return await found;
    return (await within(clock, longestMs, found))?.value ?? nothing;
  } catch (error) {
    log.info('greeting.no-suggestions', { error });
    return nothing;
  }
};

const mayBeAlone = (text: string, commands: readonly CommandFacts[]): boolean => {
  const name = withoutEndSigns(text.trim());
  const word = /\s/u.test(name) ? '' : name.toLowerCase();
  return !isGreeting(text) && commandCalled(commands, word) === undefined;
};

/** A sign at the end is part of a new name, or perhaps of an agent's whole one. */
const endMatters = ({ command, rest }: Typed): boolean =>
  command !== undefined && command.freeText !== true && withoutEndSigns(rest) !== rest;

const isLikeSentence = ({ command, rest }: Typed): boolean =>
  command !== undefined && isSentence(command, rest);

/** What follows the command: a sign at its end does not matter, unless it is part of a new name or of an agent's whole one. */
export const restOf = (typed: Typed, { behind }: TypedNames): string =>
  endMatters(typed) && behind !== typed.rest ? withoutEndSigns(typed.rest) : typed.rest;

/** A command in its own form is no sentence in plain words; nor is one that means an agent by its whole name. */
export const mayBePlain = (typed: Typed, word: string, { behind }: TypedNames): boolean =>
  !isGreeting(typed.text) &&
  (typed.command?.name !== word || (isLikeSentence(typed) && behind === undefined));
