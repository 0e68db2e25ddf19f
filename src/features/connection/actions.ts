import { z } from 'zod';
import { defineAction, Id } from '../../chat/define-action.ts';
import type { OwnAgentPorts } from './own-agent.ts';
import { showOwnAgent } from './show-connection.ts';

const OwnAgent = z.object({ own: Id });

declare module '../../ui/action.ts' {
  interface Verbs {
    /** Of an agent of the person who presses. */
    'connection.show': z.infer<typeof OwnAgent>;
  }
}

const show = defineAction('connection.show', {
  data: OwnAgent,
  role: 'none',
  title: 'Seeing your connection',
  reads: true,
  run: async (ports: OwnAgentPorts, turn, { own }) => showOwnAgent(ports)(turn, own),
});

export const connectionActions = { 'connection.show': show };
