import { z } from 'zod';
import type { BotPorts } from '../app.ts';
import { ListPlace } from '../features/fleet/domain/list.ts';
import type { Role } from '../shared/role.ts';
import type { Verb, VerbData } from '../ui/action.ts';
import type { Reply, Trigger, Turn } from './turn.ts';

/** What a button does. */
export interface CardAction<V extends Verb> {
  readonly role: Role;
  /** It only reads, so Teams may run it by itself to refresh a card. */
  readonly reads?: true;
  run(ports: BotPorts, turn: Turn, data: VerbData<V>, trigger: Trigger): Promise<Reply>;
}

const id = z.string().min(1).max(200);
const agent = id;
const session = id;
const name = z.string().max(10_000);
const list = ListPlace.optional();

/** Typed into a card. One that is too long is refused in words where it is read: it is no forgery. */
const typedFilter = z.string().trim();

/** How a pause ends by itself: at a moment in ms since 1970, or so long after the press. */
const ending = {
  until: z.coerce.number().int().positive().optional(),
  for: z.string().max(40).optional(),
};

/** Empty inputs count as not filled in. */
const filled = z
  .string()
  .max(1000)
  .transform((text) => (text.trim() === '' ? undefined : text))
  .optional();

/** What a watch's form sends; nothing of it = the form is asked for. */
const watchForm = {
  filter: typedFilter.optional(),
  /** Left out, or 'none' = offline alone. */
  bound: z
    .enum(['poor', 'fair', 'below', 'none', ''])
    .transform((bound) => (bound === '' ? ('none' as const) : bound))
    .optional(),
  /** The score that goes with 'below'. */
  below: filled,
  offline: z.enum(['true', 'false']).optional(),
  /** A duration. */
  after: filled,
  /** `HH:mm`, both or neither. */
  quietFrom: filled,
  quietTo: filled,
};

/** What each card verb carries. Data comes from the client: ids only, everything is looked up again. */
export const verbs = {
  'agents.page': ListPlace.extend({ filter: typedFilter.default('') }),
  'agent.show': z.object({ agent, list }),
  'agent.pause': z.object({ agent, list, ...ending }),
  'agent.resume': z.object({ agent, list }),
  'agent.mute': z.object({ agent, for: z.string().max(40) }),
  'agent.reconnect': z.object({ agent, list }),
  /** Without a name it opens the form. */
  'agent.rename': z.object({ agent, list, name: name.optional() }),
  /** Without a token it asks for confirmation. */
  'agent.delete': z.object({
    agent,
    list,
    token: id.optional(),
    uninstall: z.enum(['true', 'false']).default('false'),
  }),
  /** Without a token it opens the form. */
  'agent.create': z.object({
    token: id.optional(),
    name: name.optional(),
    kind: z.enum(['agent', 'template']).default('agent'),
    target1: filled,
    interval1: filled,
    configuration1: filled,
    target2: filled,
    interval2: filled,
    configuration2: filled,
    target3: filled,
    interval3: filled,
    configuration3: filled,
  }),
  'session.pause': z.object({ agent, session, list, ...ending }),
  'session.resume': z.object({ agent, session, list }),
  /** `alert` is an alert's id, or that of a group: the whole card is meant. */
  'alert.show': z.object({ alert: id }),
  'alert.ack': z.object({ alert: id }),
  'alert.mute': z.object({ alert: id, for: z.string().max(40).default('1h') }),
  'watch.create': z.object(watchForm),
  'watch.edit': z.object({ watch: id, ...watchForm }),
  'watch.end': z.object({ watch: id }),
  'watch.test': z.object({ watch: id }),
  /** '' = all agents. */
  'mute.end': z.object({ agent: z.string().max(200) }),
  /** What would be typed after `digest`. */
  'digest.set': z.object({ when: z.string().max(200) }),
  'change.undo': z.object({ change: id }),
  /** `about` an agent, `by` a person, from `since` on in ms since 1970, without the newest `skip`. */
  'audit.page': z.object({
    about: id.optional(),
    by: id.optional(),
    since: z.coerce.number().int().nonnegative(),
    skip: z.coerce.number().int().min(0).max(100_000).default(0),
    as: z.literal('csv').optional(),
  }),
  /** A command without arguments, from a suggestion or the help card. */
  'command.run': z.object({ command: z.string().min(1).max(30) }),
} as const;

export const isVerb = (text: string): text is Verb => Object.hasOwn(verbs, text);

const schemas: { readonly [V in Verb]: z.ZodType<VerbData<V>> } = verbs;

/** Reads the data of a verb; `undefined` when it does not fit. */
export const readVerbData = <V extends Verb>(verb: V, data: unknown): VerbData<V> | undefined =>
  schemas[verb].safeParse(data ?? {}).data;
