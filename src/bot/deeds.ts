import type { Deed } from '../core/audit-log.ts';
import type { Done } from '../core/done.ts';
import { optional } from '../core/optional.ts';
import type { Outcome } from '../use-cases/outcome.ts';

/** A change of an agent, as the audit log tells it. */
export const deedOf = ({ view, done, warning }: Outcome): Deed => ({
  agentId: view.agent.id,
  agentName: done.what === 'renamed' ? done.before : view.agent.name,
  ...changeOf(done),
  ...optional('detail', warning),
});

const changeOf = (done: Done): Pick<Deed, 'before' | 'after'> => {
  switch (done.what) {
    case 'paused':
    case 'resumed': {
      const before = done.what === 'paused' ? 'active' : 'paused';
      return { before, after: `${done.what}: ${done.all ? 'all' : done.sessions.join(', ')}` };
    }
    case 'renamed':
      return { before: done.before, after: done.after };
    case 'reconnected':
      return { after: 'reconnected' };
    case 'taken-back':
      return { after: `${done.of} taken back` };
    default:
      return done satisfies never;
  }
};
