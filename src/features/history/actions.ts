import { z } from 'zod';
import { defineAction, Id } from '../../chat/define-action.ts';
import { historySpans } from './domain/period.ts';
import { topKinds } from './read-top.ts';
import { type ComparePorts, compareWith } from './show-compare.ts';
import { bucketsAnswer, type EvidencePorts, evidenceAnswer, shareAnswer } from './show-evidence.ts';
import { historyAnswer, type ShowPorts } from './show-history.ts';
import { type ShowTopPorts, topAnswer } from './show-top.ts';

/** Without a session: all targets of the agent. */
const ShownHistory = z.object({
  agent: Id,
  session: Id.optional(),
  span: z.enum(historySpans),
});

/** A case is typed on the card, and travels as its input. One that is too long is refused in words. */
const ShownEvidence = ShownHistory.extend({ case: z.string().max(1000).optional() });
const OneTarget = ShownEvidence.extend({ session: Id });

const ShownTop = z.object({ kind: z.enum(topKinds), span: z.enum(historySpans) });

const Compared = z.object({
  agent: Id,
  other: Id.optional(),
  /** What was typed for the other one. */
  with: z.string().max(1000).optional(),
  span: z.enum(historySpans),
});

declare module '../../ui/action.ts' {
  interface Verbs {
    'history.show': z.infer<typeof ShownHistory>;
    'history.top': z.infer<typeof ShownTop>;
    'history.compare': z.infer<typeof Compared>;
    'evidence.show': z.infer<typeof ShownEvidence>;
    'evidence.csv': z.infer<typeof OneTarget>;
    'evidence.share': z.infer<typeof OneTarget>;
  }
}

const showHistory = defineAction('history.show', {
  data: ShownHistory,
  role: 'viewer',
  title: 'Seeing history',
  reads: true,
  run: (ports: ShowPorts, turn, asked) => historyAnswer(ports, turn, asked),
});

const showTop = defineAction('history.top', {
  data: ShownTop,
  role: 'viewer',
  title: 'Seeing the worst',
  reads: true,
  run: (ports: ShowTopPorts, turn, asked) => topAnswer(ports, turn, asked),
});

const showCompared = defineAction('history.compare', {
  data: Compared,
  role: 'viewer',
  title: 'Comparing',
  reads: true,
  run: (ports: ComparePorts, turn, asked) => compareWith(ports, turn, asked),
});

const showEvidence = defineAction('evidence.show', {
  data: ShownEvidence,
  role: 'viewer',
  title: 'Seeing evidence',
  reads: true,
  run: (ports: EvidencePorts, turn, asked) => evidenceAnswer(ports, turn, asked),
});

const showBuckets = defineAction('evidence.csv', {
  data: OneTarget,
  role: 'viewer',
  title: 'Seeing buckets',
  reads: true,
  run: (ports: EvidencePorts, turn, asked) => bucketsAnswer(ports, turn, asked),
});

const shareEvidence = defineAction('evidence.share', {
  data: OneTarget,
  role: 'operator',
  title: 'Making a LiveShare',
  card: 'evidence.show',
  run: (ports: EvidencePorts, turn, asked) => shareAnswer(ports, turn, asked),
});

export const historyActions = {
  'history.show': showHistory,
  'history.top': showTop,
  'history.compare': showCompared,
  'evidence.show': showEvidence,
  'evidence.csv': showBuckets,
  'evidence.share': shareEvidence,
};
