import type { Reader } from '../platform/messenger.ts';
import { mayAct, type Role } from '../shared/role.ts';
import type { Press } from '../ui/action.ts';
import type { Reply, Turn } from './turn.ts';

/** The sections of help, in its order. */
export const commandGroups = ['Look', 'Act', 'Be told', 'The bot'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** What an operator may set or not, and a command needs. */
export interface CommandSettings {
  readonly ownerField?: string;
}

/** What the greeting and help offer of a command, with a button. */
export interface Invitation {
  /** Both show the first ones that somebody may use. */
  readonly place: number;
  /** What people do with it: `See which agents have trouble`. */
  readonly does: string;
  /** What can be typed for it, in plain words. */
  readonly words: string;
  /** The title of the button. */
  readonly button: string;
  /** What the button does; else it runs the command alone. */
  readonly press?: Press;
}

/** What is said of a command: help, suggestions, the role table and the audit log are made from it. */
export interface CommandFacts {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly group: CommandGroup;
  readonly usage: string;
  readonly summary: string;
  /** More lines for `help <command>`. */
  readonly details: readonly string[];
  readonly role: Role;
  /** It needs no PingPlotter account. */
  readonly anyAccount?: true;
  /** Help shows it only where there are several accounts. */
  readonly ofSeveral?: true;
  /** It changes nothing, so it may run again when its activity comes again after a restart. */
  readonly reads?: true;
  /** A setting of the operator without which it only says so: help leaves it out then. */
  readonly needs?: keyof CommandSettings;
  /** What is typed ends in words of the person's own, so that a sign at its end counts. */
  readonly freeText?: true;
  /** It decides what all of a conversation are sent: in groups and channels it takes an operator, whatever its role. */
  readonly voice?: true;
  readonly invitation?: Invitation;
}

/** What somebody can type. */
export interface Command<Ports> extends CommandFacts {
  /** `rest` is what was typed after the name. */
  readonly run: (ports: Ports, turn: Turn, rest: string) => Promise<Reply>;
}

export const defineCommand = <Ports>(command: Command<Ports>): Command<Ports> => command;

const answersTo = ({ name, aliases }: CommandFacts, word: string): boolean =>
  name === word || aliases?.includes(word) === true;

/** The command that a word means by its name or an alias. */
export const commandCalled = <C extends CommandFacts>(
  commands: readonly C[],
  word: string,
): C | undefined => commands.find((command) => answersTo(command, word));

type Where = Pick<Reader, 'role' | 'kind'>;

/** Whether somebody may use a command in this kind of conversation. */
export const mayUse = ({ role: needs, voice }: CommandFacts, { role, kind }: Where): boolean =>
  mayAct(role, needs) && (voice !== true || kind === 'personal' || mayAct(role, 'operator'));

export type Invited = CommandFacts & { readonly invitation: Invitation };

/** Whether the operator has set what a command needs. */
export const isSetUp = ({ needs }: CommandFacts, settings: CommandSettings): boolean =>
  needs === undefined || settings[needs] !== undefined;

/** The commands that somebody is invited to here, in their order. */
export const invitedTo = (
  commands: readonly CommandFacts[],
  where: Where,
  settings: CommandSettings,
): readonly Invited[] =>
  commands
    .flatMap((command) =>
      command.invitation === undefined || !mayUse(command, where) || !isSetUp(command, settings)
        ? []
        : [{ ...command, invitation: command.invitation }],
    )
    .sort((one, other) => one.invitation.place - other.invitation.place);
