import { z } from 'zod';
import { defineAction, Id } from '../../chat/define-action.ts';
import { type NotifyPorts, notifyMe, notifyMeNoMore } from './notify.ts';
import { type ShowPorts, showOwnAgent } from './show-connection.ts';

const Notify = z.object({ on: z.boolean() });
const OwnAgent = z.object({ own: Id });

declare module '../../ui/action.ts' {
  interface Verbs {
    /** Of an agent of the person who presses. */
    'connection.show': z.infer<typeof OwnAgent>;
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

const notify = defineAction('connection.notify', {
  data: Notify,
  role: 'none',
  title: 'Being notified of your connection',
  run: async (ports: NotifyPorts, turn, { on }) =>
    on ? notifyMe(ports)(turn) : notifyMeNoMore(ports)(turn),
});

export const connectionActions = { 'connection.show': show, 'connection.notify': notify };
