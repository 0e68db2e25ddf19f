import type { Handler, Incoming, Reply, Scope } from '../chat/turn.ts';
import { type Clock, within } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import type { Card, Messenger } from '../platform/messenger.ts';
import {
  cardBody,
  dialogBody,
  dialogMessage,
  errorBody,
  extensionBody,
  extensionMessage,
  type InvokeBody,
  linkBody,
  messageBody,
  typeaheadBody,
} from './invoke.ts';
import { createPrivateAnswers } from './private-answers.ts';

export interface AnswerPorts {
  readonly handler: Handler;
  readonly interim: (scope: Scope) => Card;
  /** Takes the place of the interim card for all, where the answer went to the asker alone. */
  readonly answered: (scope: Scope) => Card;
  /** Keeps to Teams' limits and repeats what may be repeated. */
  readonly messenger: Messenger;
  readonly background: Background;
  readonly clock: Clock;
  /** False = never use Teams' targeted messages. */
  readonly privateAnswers: boolean;
}

const tooLong = 'PingPlotter takes too long to answer. Try again in a moment.';

type Action = Extract<Incoming, { kind: 'action' }>;
type Search = Extract<Incoming, { kind: 'search' }>;
type Link = Extract<Incoming, { kind: 'link' }>;
type MessageAction = Extract<Incoming, { kind: 'message-action' }>;
type Spoken = Extract<Incoming, { kind: 'command' | 'action' | 'installed' | 'removed' }>;

/** The rules of Teams' store want a sign of life within 2 s. */
const typingAfterMs = 1500;
/** Teams gives up on an invoke after 10 to 15 s. */
const interimAfterMs = 8000;
/** The answer waits no longer for the update of the card that everybody sees. */
const everyoneWithinMs = 2000;
/** Teams gives up on a search after 5 s. */
const searchWithinMs = 4500;
/** By then Teams' request is answered, even if Teams' limits hold back the bot's message. */
const requestWithinMs = 9500;

/** Answers what came in, within the time that Teams gives, and finishes later what takes longer. */
export const createAnswers = (ports: AnswerPorts) => {
  const { handler, interim, messenger, background, clock } = ports;
  const alone = createPrivateAnswers(ports);

  /** Returns the id of the message with the card: the one to replace, or a new one where that is gone or missing. */
  const place = async (scope: Scope, card: Card, messageId?: string): Promise<string> => {
    if (messageId !== undefined && messageId !== '') {
      const updated = await messenger.update(scope.address, messageId, card);
      if (updated.ok || updated.reason !== 'message-gone') return messageId;
    }
    const posted = await messenger.post(scope.address, card);
    return posted.ok ? posted.activityId : '';
  };

  const typing = async (answer: Promise<unknown>, scope: Scope): Promise<void> => {
    const answered = answer.catch(() => undefined);
    if ((await within(clock, typingAfterMs, answered)) === undefined)
      await messenger.typing(scope.address);
  };

  const speak = async (incoming: Spoken, signal: AbortSignal): Promise<void> => {
    const { kind, scope } = incoming;
    const answer = handler(incoming, signal);
    if (kind === 'removed') return void (await answer);
    const pressed = kind === 'action' ? incoming.messageId : undefined;
    const put = async (reply: Reply | undefined, messageId: string | undefined): Promise<void> => {
      const card = kind === 'action' ? shown(reply, scope) : cardOf(reply);
      if (card === undefined) return;
      const quiet =
        kind === 'command' && isPrivate(reply, scope) && (await alone.post(scope, card));
      // Where all saw that an answer would come, it must not wait for ever.
      if (!quiet) await place(scope, openCard(reply, scope) ?? card, messageId);
      else if (messageId !== undefined) await place(scope, ports.answered(scope), messageId);
    };
    if (kind === 'installed') return put(await answer, undefined);
    // Awaited before anything is posted: an indicator after the answer would never end.
    const indicator = typing(answer, scope);
    const inTime = await within(clock, interimAfterMs, answer);
    await indicator;
    if (inTime !== undefined) return put(inTime.value, pressed);
    // Who was asked in private says nothing to all.
    const hidden = scope.targeted === true && sharesCard(scope);
    const messageId = hidden ? undefined : await place(scope, interim(scope), pressed);
    await put(await answer, messageId);
  };

  const finishLater = (incoming: Action, answer: Promise<Reply | undefined>): void => {
    void background.run('late answer', async () => {
      const card = shown(await answer, incoming.scope);
      if (card !== undefined) await place(incoming.scope, card, incoming.messageId);
    });
  };

  /** Before the answer to the person who pressed, or their client would show the old card again. */
  const showEveryone = async ({ messageId, scope }: Action, everyone: Card): Promise<void> => {
    if (messageId === undefined || !sharesCard(scope)) return;
    const update = background.run('update for everyone', async () => {
      await messenger.update(scope.address, messageId, everyone);
    });
    await within(clock, everyoneWithinMs, update);
  };

  const press = async (incoming: Action, signal: AbortSignal): Promise<InvokeBody> => {
    const { trigger, scope } = incoming;
    const answer = handler(incoming, signal);
    if (trigger === 'manual') void background.run('typing', () => typing(answer, scope));
    const inTime = await within(clock, interimAfterMs, answer);
    if (inTime === undefined) {
      // An automatic refresh leaves the card as it is.
      if (trigger === 'automatic') {
        answer.catch(() => undefined);
        return errorBody(500, 'Busy', tooLong);
      }
      finishLater(incoming, answer);
      return cardBody(interim(scope));
    }
    const reply = inTime.value;
    if (reply?.kind !== 'card') return messageBody('There is nothing new to show.');
    if (reply.everyone !== undefined) await showEveryone(incoming, reply.everyone);
    return cardBody(reply.card);
  };

  const search = async (incoming: Search, signal: AbortSignal): Promise<InvokeBody> => {
    const answer = handler(incoming, signal).catch(() => undefined);
    const reply = (await within(clock, searchWithinMs, answer))?.value;
    const { hits, sentence } = reply?.kind === 'hits' ? reply : { hits: [], sentence: tooLong };
    if (incoming.surface === 'typeahead') return typeaheadBody(hits);
    return sentence === undefined ? extensionBody(hits) : extensionMessage(sentence);
  };

  const unfurl = async (incoming: Link, signal: AbortSignal): Promise<InvokeBody> => {
    const answer = handler(incoming, signal).catch(() => undefined);
    const reply = (await within(clock, searchWithinMs, answer))?.value;
    return linkBody(reply?.kind === 'hits' ? reply.hits : []);
  };

  const openDialog = async (incoming: MessageAction, signal: AbortSignal): Promise<InvokeBody> => {
    const answer = handler(incoming, signal).catch(() => undefined);
    const reply = (await within(clock, searchWithinMs, answer))?.value;
    if (reply?.kind === 'card') return dialogBody(reply.card.summary, reply.card);
    return dialogMessage(reply?.sentence ?? tooLong);
  };

  return {
    /** Answers by messages. Resolves when Teams' request may be answered, which can be before the last message. */
    message: async (incoming: Incoming, signal: AbortSignal): Promise<void> => {
      if (!isSpoken(incoming)) {
        await handler(incoming, signal);
        return;
      }
      const spoken = background.run('answer', () => speak(incoming, signal));
      await within(clock, requestWithinMs, spoken);
    },
    /** Answers in the response. */
    invoke: async (incoming: Incoming, signal: AbortSignal): Promise<InvokeBody> => {
      switch (incoming.kind) {
        case 'action':
          return press(incoming, signal);
        case 'search':
          return search(incoming, signal);
        case 'link':
          return unfurl(incoming, signal);
        case 'message-action':
          return openDialog(incoming, signal);
        default:
          await handler(incoming, signal);
          return errorBody(400, 'BadRequest', 'This bot does not know that request.');
      }
    },
  };
};

const isSpoken = (incoming: Incoming): incoming is Spoken =>
  ['command', 'action', 'installed', 'removed'].includes(incoming.kind);

const cardOf = (reply: Reply | undefined): Card | undefined =>
  reply?.kind === 'card' ? reply.card : undefined;

/** For the asker's eyes alone, in a conversation where others look on. */
const isPrivate = (reply: Reply | undefined, scope: Scope): boolean =>
  sharesCard(scope) &&
  reply?.kind === 'card' &&
  (reply.private === true || scope.targeted === true);

const sharesCard = ({ address }: Scope): boolean => address.kind !== 'personal';

/** The card for a message that everybody in the conversation can see. */
const shown = (reply: Reply | undefined, scope: Scope): Card | undefined => {
  if (reply?.kind !== 'card') return undefined;
  return sharesCard(scope) ? (reply.everyone ?? reply.openly ?? reply.card) : reply.card;
};

/** What may be said where all see it, in the place of what only the asker may see. */
const openCard = (reply: Reply | undefined, scope: Scope): Card | undefined =>
  sharesCard(scope) && reply?.kind === 'card' ? reply.openly : undefined;

/** Work that may outlive the request that began it. */
export interface Background {
  /** Never rejects: no caller waits for the result, so a failure is logged. */
  run(what: string, work: () => Promise<void>): Promise<void>;
  /** Resolves when nothing runs any more, not even what began meanwhile. */
  idle(): Promise<void>;
}

export const createBackground = (log: Logger): Background => {
  const running = new Set<Promise<void>>();
  return {
    run: (what, work) => {
      const done: Promise<void> = work().then(
        () => void running.delete(done),
        (error: unknown) => {
          log.error('answer.late-failed', { work: what, error });
          running.delete(done);
        },
      );
      running.add(done);
      return done;
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
};
