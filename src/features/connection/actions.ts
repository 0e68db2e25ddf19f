import { z } from 'zod';
import { defineAction, Id } from '../../chat/define-action.ts';
import { type NotifyPorts, notifyMe, notifyMeNoMore } from './notify.ts';
import { type ShowPorts, showOwnAgent } from './show-connection.ts';
import { type FitGuessPorts, showFitGuess } from './show-fit-guess.ts';

const Notify = z.object({ on: z.boolean() });
const OwnAgent = z.object({ own: Id });
/** `at` in ms since 1970: up to the year 2096. */
const FitAt = OwnAgent.extend({ at: z.number().int().min(0).max(4e12) });

declare module '../../ui/action.ts' {
  interface Verbs {
    /** Of an agent of the person who presses. */
    'connection.show': z.infer<typeof OwnAgent>;
    /** Whether it will be fit for calls at that time. */
    'connection.fit': z.infer<typeof FitAt>;
    /** Begins or ends the messages about one's own connection. */
    'connection.notify': z.infer<typeof Notify>;
  }
}

const show = defineAction('connection.show', {
  data: OwnAgent,
  role: 'none',
  title: 'Seeing your connection',
  reads: true,
  run: async (ports: ShowPorts, turn, { own }) => showOwnAgent(ports)(turn, own),
});

const fit = defineAction('connection.fit', {
  data: FitAt,
  role: 'none',
  title: 'Seeing how your connection will be',
  reads: true,
  run: async (ports: FitGuessPorts, turn, { own, at }) => showFitGuess(ports)(turn, at, own),
});

const notify = defineAction('connection.notify', {
  data: Notify,
  role: 'none',
  title: 'Being notified of your connection',
  run: async (ports: NotifyPorts, turn, { on }) =>
    on ? notifyMe(ports)(turn) : notifyMeNoMore(ports)(turn),
});

export const connectionActions = {
  'connection.show': show,
  'connection.fit': fit,
  'connection.notify': notify,
};
