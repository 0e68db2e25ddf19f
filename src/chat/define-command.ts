import type { BotPorts } from '../app.ts';
import type { Role } from '../shared/role.ts';
import type { Reply, Turn } from './turn.ts';

/** A command is a value: help, suggestions and the app manifest are made from the list of them. */
export interface Command {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly usage: string;
  readonly summary: string;
  /** More lines for `help <command>`. */
  readonly details: readonly string[];
  readonly role: Role;
  /** It changes nothing, so it may run again when its activity comes again after a restart. */
  readonly looksOnly?: true;
  /** `rest` is what was typed after the name. */
  run(ports: BotPorts, turn: Turn, rest: string): Promise<Reply>;
}

export const answersTo = ({ name, aliases }: Command, word: string): boolean =>
  name === word || aliases?.includes(word) === true;
