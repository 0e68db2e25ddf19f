import type { Role } from '../../shared/role.ts';
import type { TypedWhen } from '../../shared/typed-zone.ts';
import type { Press } from '../../ui/action.ts';
import type { CommandFacts } from '../define-command.ts';
import type { NamedAgent } from '../resolve-agent.ts';
import type { FleetWords, Silenced, WatchValues } from './ports.ts';

/** A command as it would be typed. */
export interface Spelled {
  readonly name: string;
  readonly rest: string;
}

/** One thing that a button does. */
export interface Offer {
  /** The command that does the same. */
  readonly command: Spelled;
  /** Says exactly what the button does. */
  readonly title: string;
  readonly press: Press;
  /** Goes along with the press, like the new name of a rename. */
  readonly input?: { readonly id: string; readonly label: string; readonly value: string };
  /** What would not be told here after a press. */
  readonly silences?: Silenced;
  /** What this form of the command needs, where that is more than the command itself. */
  readonly needs?: Role;
}

/** What a sentence means. Nothing of it changes anything before a press. */
export type Meaning =
  /** Reads, so it runs at once. */
  | { readonly kind: 'read'; readonly command: Spelled }
  | { readonly kind: 'offers'; readonly offers: readonly Offer[] }
  /** "Stop" an agent: pause it, or mute it here? */
  | { readonly kind: 'pause-or-mute'; readonly agent: NamedAgent }
  /** About many agents: a preview, where there is one. */
  | { readonly kind: 'many'; readonly command: Spelled; readonly filter: string }
  | { readonly kind: 'watch'; readonly values: WatchValues }
  | { readonly kind: 'silence' }
  | { readonly kind: 'other-language' };

export interface World {
  readonly fleet: FleetWords;
  readonly commands: readonly CommandFacts[];
  readonly when: TypedWhen;
}

/** In the widest of the fonts that cards are drawn in, so many fit where a card is 320 px wide. */
const mostSeen = 28;

/** What the text above has to say too. */
export const isCutOff = ({ title }: Offer): boolean => title.length > mostSeen;

export const spelledText = ({ name, rest }: Spelled): string =>
  rest === '' ? name : `${name} ${rest}`;

export const read = (name: string, rest = ''): Meaning => ({
  kind: 'read',
  command: { name, rest },
});

export const offers = (all: readonly Offer[]): Meaning | undefined =>
  all.length === 0 ? undefined : { kind: 'offers', offers: all };

/** Runs a command that needs no names: its words and numbers alone. */
export const commandOffer = (name: string, rest: string, title: string, note = ''): Offer => ({
  command: { name, rest: note === '' ? rest : `${rest} : ${note}`.trim() },
  title,
  press: {
    verb: 'command.run',
    data: {
      command: name,
      ...(rest === '' ? {} : { rest }),
      ...(note === '' ? {} : { note }),
    },
  },
});
