import { z } from 'zod';
import type { Role } from '../shared/role.ts';
import type { Verb, VerbData } from '../ui/action.ts';
import type { Reply, Trigger, Turn } from './turn.ts';

/** What is said of a button's action, and how its data is read. */
export interface ActionFacts<V extends Verb = Verb> {
  /** What the button carries. It comes from the client: ids only, everything is looked up again. */
  readonly data: z.ZodType<VerbData<V>>;
  readonly role: Role;
  /** What a person wanted to do, for the sentence that refuses it: `Pausing`. */
  readonly title: string;
  /** It only reads, so Teams may run it by itself to refresh a card. */
  readonly reads?: true;
  /** The verb that draws the card it stands on again, with the same data: a refusal must not take that card away. */
  readonly card?: Verb;
}

/** What a button does. */
export interface CardAction<V extends Verb, Ports> extends ActionFacts<V> {
  readonly run: (ports: Ports, turn: Turn, data: VerbData<V>, trigger: Trigger) => Promise<Reply>;
}

/** The verb is named by its type alone; the registry holds each action under its verb. */
export const defineAction = <V extends Verb, Ports>(
  _verb: V,
  action: CardAction<V, Ports>,
): CardAction<V, Ports> => action;

/** One entry for each verb: the compiler asks for it. */
export type CardActions<Ports> = { readonly [V in Verb]: CardAction<V, Ports> };
export type ActionTable = { readonly [V in Verb]: ActionFacts<V> };

export const isVerb = (actions: ActionTable, text: string): text is Verb =>
  Object.hasOwn(actions, text);

/** Reads the data of a verb; `undefined` when it does not fit. */
export const readVerbData = <V extends Verb>(
  actions: ActionTable,
  verb: V,
  data: unknown,
): VerbData<V> | undefined => {
  const { data: schema }: ActionFacts<V> = actions[verb];
  return schema.safeParse(data ?? {}).data;
};

/** An id in a button's data. */
export const Id = z.string().min(1).max(200);

/** Typed into a card. One that is too long is refused in words where it is read: it is no forgery. */
export const TypedFilter = z.string().trim();

/** A typed duration such as `1h`. */
export const TypedDuration = z.string().max(40);

/** A field of a form; one that is empty counts as not filled in. */
export const Filled = z
  .string()
  .max(1000)
  .transform((text) => (text.trim() === '' ? undefined : text))
  .optional();
