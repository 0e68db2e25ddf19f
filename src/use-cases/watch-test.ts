import type { KeptWatch } from '../core/kept-watch.ts';
import type { Notice } from '../core/notice.ts';
import type { Scope } from '../core/turn.ts';
import { conversationOf } from './actor.ts';
import { findWatch } from './find-watch.ts';
import type { Needs } from './ports.ts';

/** Sends this conversation a sample of what the watch would tell, the way that it would come. */
export const testWatch =
  (ports: Needs<'clock' | 'newId', 'watches' | 'outbox'>) =>
  async (scope: Scope, id: string): Promise<KeptWatch> => {
    const watch = await findWatch(ports)(scope, id);
    const payload: Notice = { kind: 'test', watchId: id, by: scope.person.name };
    const dueAt = ports.clock.now();
    await ports.store.outbox.enqueue([
      { ...conversationOf(scope), card: ports.newId(), kind: 'post', payload, dueAt },
    ]);
    return watch;
  };
