import { createdCard } from '../../cards/created.ts';
import { asAppError } from '../../core/errors.ts';
import { optional } from '../../core/optional.ts';
import { createAgent, draftFrom } from '../../use-cases/create-agent.ts';
import { creationForm, reply, tellDone } from '../answers.ts';
import { readerOf } from '../turn.ts';
import type { CardAction } from './action.ts';

export const create: CardAction<'agent.create'> = {
  role: 'admin',
  run: async (ports, turn, form) => {
    if (form.token === undefined) return reply(await creationForm(ports, turn));
    try {
      const draft = draftFrom(form);
      const agent = await createAgent(ports)(turn.scope, form.token, draft);
      const reader = readerOf(turn.scope, ports.clock);
      const told = { targets: draft.targets.length, by: turn.scope.person.name, at: reader.now };
      const draw = () => createdCard({ agent, ...told }, reader);
      const did = { agentId: agent.id, agentName: agent.name, after: 'created' };
      return await tellDone(did, draw, reader.kind === 'personal' ? undefined : draw);
    } catch (error) {
      const { code, detail } = asAppError(error);
      if (code !== 'bad-input' && code !== 'rejected') throw error;
      const problem =
        detail.explanation ?? 'PingPlotter did not accept this. Check the targets and ids.';
      const again = reply(await creationForm(ports, turn, form, problem));
      if (code === 'bad-input') return again;
      return { ...again, did: { result: code, ...optional('status', detail.status) } };
    }
  },
};
