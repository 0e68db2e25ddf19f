import { z } from 'zod';
import { defineAction, Id } from '../../chat/define-action.ts';
import { reply } from '../../chat/reply.ts';
import { readerOf, type Turn } from '../../chat/turn.ts';
import type { Card } from '../../platform/messenger.ts';
import type { AgentReader } from '../fleet/ports.ts';
import { whyCard } from './cards/why.ts';
import { type ExplainPorts, explain } from './explain.ts';

export interface WhyPorts extends ExplainPorts {
  readonly agents: Pick<AgentReader, 'read' | 'recent'>;
}

/** Without a session the worst target is meant. */
const Explained = z.object({ agent: Id, session: Id.optional() });

declare module '../../ui/action.ts' {
  interface Verbs {
    'diagnosis.show': z.infer<typeof Explained>;
  }
}

/** Read from PingPlotter now. */
export const whyAnswer = async (
  ports: WhyPorts,
  { scope, signal }: Turn,
  { agent, session }: z.infer<typeof Explained>,
): Promise<Card> => {
  const view = await ports.agents.read(scope.account, agent, signal);
  return whyCard(await explain(ports)(scope.account, view, session), readerOf(scope, ports.clock));
};

const showDiagnosis = defineAction('diagnosis.show', {
  data: Explained,
  role: 'viewer',
  title: 'Seeing agents',
  reads: true,
  run: async (ports: WhyPorts, turn, asked) => reply(await whyAnswer(ports, turn, asked)),
});

export const diagnosisActions = { 'diagnosis.show': showDiagnosis };
