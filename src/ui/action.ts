import type { Reader } from '../platform/messenger.ts';
import { mayAct, type Role } from '../shared/role.ts';
import { plainName } from './escape.ts';

/**
 * The verbs of buttons, each with what it carries. Each action adds its own where it is defined, so that a
 * card may hold the buttons of features that it does not know.
 */
// biome-ignore lint/suspicious/noEmptyInterface: actions fill it in.
export interface Verbs {}
export type Verb = keyof Verbs;
export type VerbData<V extends Verb> = Verbs[V];

/** A button or a row that presses. Its data names things by id, never by name. */
export interface Execute {
  readonly type: 'Action.Execute';
  readonly title: string;
  readonly verb: Verb;
  readonly data: Readonly<Record<string, unknown>>;
  readonly mode?: 'secondary';
  readonly tooltip?: string;
  /** 'none' = the inputs neither travel along nor have to be filled in. */
  readonly associatedInputs?: 'none';
}

export interface Toggle {
  readonly type: 'Action.ToggleVisibility';
  readonly title: string;
  readonly targetElements: readonly string[];
  readonly mode?: 'secondary';
}

/** Opens inputs and their button below the card. */
export interface ShowCard {
  readonly type: 'Action.ShowCard';
  readonly title: string;
  readonly card: object;
  readonly mode?: 'secondary';
}

export interface OpenUrl {
  readonly type: 'Action.OpenUrl';
  readonly title: string;
  readonly url: string;
  readonly mode?: 'secondary';
}

export type Action = Execute | Toggle | OpenUrl | ShowCard;

/** What the card's inputs send along may be missing from the data. */
export const execute = <V extends Verb>(
  title: string,
  verb: V,
  data: Partial<VerbData<V>>,
  more: Pick<Execute, 'mode' | 'tooltip' | 'associatedInputs'> = {},
): Execute => ({ type: 'Action.Execute', title, verb, data, ...more });

/** A row that opens an agent. Its tooltip is what a screen reader says of the row besides its title. */
export const openRow = (
  name: string,
  said: string,
  data: Partial<VerbData<'agent.show'>>,
): Execute =>
  execute(`Open ${plainName(name, 40)}`, 'agent.show', data, said === '' ? {} : { tooltip: said });

/** Leaves the card's inputs alone: Cancel works beside a required one. */
export const withoutInputs = { associatedInputs: 'none' } as const;

/** Stands behind the three dots. */
export const inOverflow = { mode: 'secondary' } as const;

/** A press whose data somebody else prepared. */
export interface Press {
  readonly verb: Verb;
  readonly data: Readonly<Record<string, unknown>>;
}

export const executePress = (
  title: string,
  { verb, data }: Press,
  more: Pick<Execute, 'tooltip'> = {},
): Execute => ({
  type: 'Action.Execute',
  title,
  verb,
  data,
  ...more,
});

export const runCommand = (
  title: string,
  command: string,
  more: Pick<Execute, 'tooltip'> = {},
): Execute => execute(title, 'command.run', { command }, more);

export const toggle = (title: string, ...targetElements: readonly string[]): Toggle => ({
  type: 'Action.ToggleVisibility',
  title,
  targetElements,
});

export const openUrl = (title: string, url: string): OpenUrl => ({
  type: 'Action.OpenUrl',
  title,
  url,
});

/** A card with more buttons side by side is hard to read on a phone; the rest stands behind the three dots. */
export const flatLimit = 5;

/** Teams shows six; the rest is for the overflow. */
export const primaryLimit = 6;

/** Where one person alone sees the card only what they may do is shown; elsewhere the click decides. */
export const showsTo = (
  { role, kind, forOne }: Pick<Reader, 'role' | 'kind' | 'forOne'>,
  needs: Role,
): boolean => (kind !== 'personal' && forOne !== true) || mayAct(role, needs);
