import type { Card } from '../../platform/messenger.ts';
import type { NamedAgent } from '../resolve-agent.ts';
import type { Turn } from '../turn.ts';

/** Port: the words of a fleet, as it was read last. Asks PingPlotter nothing more. */
export interface FleetWords {
  /** The agents that have this whole name, by the one rule of sameness. */
  called(name: string): readonly NamedAgent[];
  /** The agents that a part of a name matches. */
  matching(part: string): readonly NamedAgent[];
  /** Whether some agent has this word in its name, its machine's or a custom field. */
  knows(word: string): boolean;
}

/** What a form of a watch is filled in with, by the ids of its inputs. */
export interface WatchValues {
  readonly filter: string;
  readonly bound: 'poor' | 'below' | 'usual' | 'none' | 'changes';
  readonly below: string;
  readonly offline: 'true' | 'false';
  readonly after: string;
}

/** What would not be told here: of an agent ('' = of all), or of what a filter matches until a time as typed. */
export type Silenced =
  | { readonly agent: string }
  | { readonly filter: string; readonly to: string };

/** Port: what plain words need of the features. */
export interface PlainWords {
  fleet(account: string): Promise<FleetWords>;
  /** The form of a new watch, filled in; it makes nothing before it is saved. */
  watchForm(turn: Turn, values: WatchValues): Card;
  /** What is watched here, with buttons to end or mute it. */
  watchedHere(turn: Turn): Promise<Card>;
  /** What a silence would have hidden in the last days, as a sentence; nothing if nobody can tell now. */
  wouldHide(turn: Turn, silenced: Silenced): Promise<string | undefined>;
}
