import type { AgentDraft } from '../../core/agent.ts';

/** The body of a new agent, only with what was filled in: the account's defaults stand for the rest. */
export const writeDraft = ({ name, template, targets }: AgentDraft) => ({
  Name: name,
  ...(targets.length > 0 && {
    Targets: targets.map(({ target, configurationId, intervalMs }) => ({
      Target: target,
      ...(configurationId !== undefined && { ConfigurationId: configurationId }),
      ...(intervalMs !== undefined && { TraceIntervalInMs: intervalMs }),
    })),
  }),
  IsTemplate: template,
});
