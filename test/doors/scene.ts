import type { SimulatedAgent } from '../../src/simulator/agent.ts';
import { simulatedAgent, simulatedReading, simulatedSession } from '../../src/simulator/agent.ts';
import { type CardContent, executesOf, wordsOf } from '../fakes/card-actions.ts';
import type { SentActivity } from '../fakes/connector.ts';
import type { TeamsUser } from '../fakes/teams-user.ts';
import type { GuardedBot } from './guarded-bot.ts';

/** Who asks: the four roles, and an admin of the bot who is a guest of the tenant. */
export const whos = ['none', 'viewer', 'operator', 'admin', 'guest'] as const;
export type Who = (typeof whos)[number];

export const places = ['personal', 'groupChat', 'channel'] as const;
export type Place = (typeof places)[number];

/** What was shown to the one who asked. */
export interface Shown {
  readonly card: CardContent;
  readonly words: string;
  readonly verbs: readonly string[];
}

export interface Alert {
  readonly id: string;
  readonly number: number;
}

/**
 * One conversation with somebody who asks, and with things of somebody else, the owner, that can be asked
 * about. In a 1:1 chat the owner stands for what its person was allowed to do before.
 */
export interface Scene {
  readonly who: Who;
  readonly place: Place;
  /** Entra object id of who asks. */
  readonly person: string;
  /** An agent that is well; the ids of this scene are no other's. */
  readonly host: string;
  /** An agent that may be deleted. */
  readonly doomed: string;
  /** Of an agent that is Poor. */
  alert(): Alert;
  say(text: string, fields?: Readonly<Record<string, unknown>>): Promise<Shown>;
  press(verb: string, data: Readonly<Record<string, unknown>>): Promise<Shown>;
  /** How many agents a search offers. */
  search(name: string, value: unknown): Promise<number>;
  /** A watch that the owner has just made. */
  watch(): Promise<{ readonly id: string; readonly number: number }>;
  /** The id of a filter that the owner has just saved as `theirs`. */
  filter(): Promise<string>;
  /** A preview of reconnecting an agent by a filter: the asker's, where they may have one, else the owner's. */
  preview(): Promise<string>;
  /** The owner mutes the host here. */
  mute(): Promise<void>;
  /** The owner mutes the agent that is Poor. */
  muteSick(): Promise<void>;
  /** What a button with this verb carries, on the card that the asker gets, else on the owner's. */
  carried(
    opening: readonly [verb: string, data: Readonly<Record<string, unknown>>],
    verb: string,
  ): Promise<Readonly<Record<string, unknown>>>;
  /** The rules of the owner's watches that are left, one line each. */
  watchesLeft(): Promise<readonly string[]>;
  readonly watchesMade: number;
  /** Whatever the asker was shown. */
  readonly shown: readonly Shown[];
  /** Whatever the bot answered to anybody here, as it was sent. */
  readonly bodies: readonly string[];
}

const nameOf = (who: Who, place: Place): string => `${who}-${place}`.toLowerCase();

const well = simulatedSession({
  id: 'crm-1',
  readings: [simulatedReading({ score: 95, measuredAt: Date.now() })],
});

/** The agents of all scenes. */
export const agentsOfScenes = (): readonly SimulatedAgent[] =>
  whos.flatMap((who) =>
    places.flatMap((place) => {
      const name = nameOf(who, place);
      const agent = (id: string, score: number) =>
        simulatedAgent({
          id: `${id}-${name}`,
          name: `${id}-${name}`,
          lastMessageAt: Date.now(),
          sessions: [{ ...well, readings: [simulatedReading({ score, measuredAt: Date.now() })] }],
        });
      return [agent('host', 95), agent('doomed', 95), agent('spare', 95), agent('sick', 20)];
    }),
  );

/** The object ids of those whom BOT_ADMINS has to list. */
export const listedAdmins = (): readonly string[] => [
  'root',
  ...places.flatMap((place) => [
    nameOf('admin', place),
    nameOf('guest', place),
    ...whos.map((who) => `owner-${nameOf(who, place)}`),
  ]),
];

const shownOf = (card: CardContent): Shown => ({
  card,
  words: wordsOf(card),
  verbs: executesOf(card).map(({ verb }) => verb),
});

const button = ({ card }: Pick<Shown, 'card'>, verb: string) =>
  executesOf(card).find((action) => action.verb === verb)?.data;

/** What the first alert's card says of it. */
const alertIn = (messages: readonly SentActivity[]): Alert | undefined =>
  messages
    .map(({ attachments }) => attachments?.[0]?.content ?? {})
    .flatMap((card) => {
      const id = button({ card }, 'alert.ack')?.['alert'];
      const number = /#(\d+)/u.exec(wordsOf(card))?.[1];
      return id === undefined || number === undefined
        ? []
        : [{ id: String(id), number: Number(number) }];
    })[0];

/** A busy machine may take longer over the roster than the bot waits for it: then nothing was granted. */
const grant = async (bot: GuardedBot, name: string, role: Who): Promise<void> => {
  const root = bot.user({ person: { id: '29:root', name: 'root', aadObjectId: 'root' } });
  for (let tries = 0; tries < 5; tries += 1) {
    const { card } = await root.say(`grant ${name} ${role}`);
    if (!wordsOf(card).includes('cannot be checked')) return;
  }
  throw new Error(`no role for ${name}`);
};

export const setScene = async (bot: GuardedBot, who: Who, place: Place): Promise<Scene> => {
  const name = nameOf(who, place);
  const id = place === 'personal' ? `a:${name}` : `19:${name}@thread.tacv2`;
  const conversation = { id, conversationType: place };
  const person = { id: `29:${name}`, name, aadObjectId: name };
  const ownerId = `owner-${name}`;
  const user = bot.user({ person, conversation });
  const owner = bot.user({
    person: { id: `29:${ownerId}`, name: ownerId, aadObjectId: ownerId },
    conversation,
  });
  if (who === 'guest') bot.connector.member(person.id, { userRole: 'guest' });
  if (who === 'viewer' || who === 'operator') await grant(bot, name, who);
  const shown: Shown[] = [];
  const bodies: string[] = [];
  let watchesMade = 0;
  let filtersMade = 0;
  let known: Alert | undefined;

  const execute = async (
    by: TeamsUser,
    verb: string,
    data: Readonly<Record<string, unknown>>,
  ): Promise<Shown> => {
    const answer = await by.execute({ verb, data });
    bodies.push(JSON.stringify(answer));
    return shownOf(answer.card);
  };

  /** Two presses of one button within a second count as one: no two of the owner's are the same. */
  const watch = async (agent = `host-${name}`) => {
    const rule = {
      filter: `${agent} -name:not-${watchesMade}`,
      bound: 'poor',
      offline: 'true',
      below: '',
      after: '',
    };
    const shown = await execute(owner, 'watch.create', rule);
    const made = await execute(owner, 'watch.create', {
      ...rule,
      ...button(shown, 'watch.create'),
    });
    watchesMade += 1;
    const number = Number(/atch (\d+)/u.exec(made.words)?.[1]);
    return { id: String(button(made, 'watch.edit')?.['watch']), number };
  };
  await watch(`sick-${name}`);

  return {
    who,
    place,
    person: name,
    host: `host-${name}`,
    doomed: `doomed-${name}`,
    shown,
    bodies,
    get watchesMade() {
      return watchesMade;
    },
    alert: () => {
      known ??= alertIn(bot.connector.messages(id));
      if (known === undefined) throw new Error(`no alert has come to ${name}`);
      return known;
    },
    say: async (text, fields) => {
      const seen = shownOf((await user.say(text, fields)).card);
      shown.push(seen);
      return seen;
    },
    press: async (verb, data) => {
      const seen = await execute(user, verb, data);
      shown.push(seen);
      return seen;
    },
    search: async (invoke, value) => {
      const { body } = await user.invoke(value, { name: invoke });
      bodies.push(JSON.stringify(body));
      return JSON.stringify(body).split(`host-${name}`).length - 1;
    },
    watch,
    filter: async () => {
      filtersMade += 1;
      const text = `save filter theirs = name:host-* -name:not-${filtersMade}`;
      const made = shownOf((await owner.say(text)).card);
      return String(button(made, 'filter.show')?.['filter']);
    },
    preview: async () => {
      const text = `reconnect where name:doomed-${name}`;
      const mine = button(shownOf((await user.say(text)).card), 'bulk.start');
      const made = mine ?? button(shownOf((await owner.say(text)).card), 'bulk.start');
      return String(made?.['job']);
    },
    mute: async () =>
      void (await execute(owner, 'agent.mute', {
        agent: `host-${name}`,
        for: `${90 + shown.length}m`,
      })),
    muteSick: async () =>
      void (await execute(owner, 'agent.mute', {
        agent: `sick-${name}`,
        for: `${90 + shown.length}m`,
      })),
    carried: async ([verb, data], wanted) => {
      const mine = button(await execute(user, verb, data), wanted);
      const found = mine ?? button(await execute(owner, verb, data), wanted);
      if (found === undefined) throw new Error(`nobody is offered ${wanted} after ${verb}`);
      return found;
    },
    watchesLeft: async () => {
      const { card } = await owner.say('watches');
      return wordsOf(card)
        .split('\n')
        .filter((line) => /^\d+ · /u.test(line));
    },
  };
};
