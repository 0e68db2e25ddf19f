import type { AgentCardPart } from '../fleet/ports.ts';
import { diagnosisRuns } from './cards/likely.ts';
import { type ExplainPorts, explain } from './explain.ts';

/** Where a bad agent is likely broken: the line of `why`. */
export const diagnosisPart =
  (ports: ExplainPorts): AgentCardPart =>
  async (account, view) => {
    const { diagnosed, session } = await explain(ports)(account, view);
    const likely = diagnosed === undefined ? [] : diagnosisRuns(diagnosed, session);
    return likely.length === 0 ? {} : { likely };
  };
