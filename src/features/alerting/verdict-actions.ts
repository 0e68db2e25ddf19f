import { z } from 'zod';
import { defineAction, Id } from '../../chat/define-action.ts';
import { personIdOf } from '../../chat/person.ts';
import { reply } from '../../chat/reply.ts';
import { readerOf } from '../../chat/turn.ts';
import type { Clock } from '../../platform/clock.ts';
import { normalizeId } from '../../shared/names.ts';
import { groupRule } from '../diagnosis/domain/common-cause.ts';
import type { Comparisons } from '../diagnosis/ports.ts';
import type { Verdicts } from '../diagnosis/store.ts';
import type { Mutes } from '../silence/store.ts';
import type { Watches } from '../watches/store.ts';
import { alertCard } from './cards/alert.ts';
import { groupCard } from './cards/group.ts';
import { isOpen } from './domain/alert-detail.ts';
import { alertCardOf, alertsHere, goneAlert, type SharedCardModel } from './load-alerts.ts';
import type { Alerts } from './store.ts';

interface Ports {
  readonly clock: Clock;
  readonly comparisons: Comparisons;
  readonly store: {
    readonly alerts: Alerts;
    readonly mutes: Mutes;
    readonly verdicts: Pick<Verdicts, 'give'>;
    readonly watches: Watches;
  };
}

/** `alert` is the id of an alert or of a group. */
const VerdictData = z.object({ alert: Id, says: z.enum(['right', 'wrong']) });

declare module '../../ui/action.ts' {
  interface Verbs {
    'alert.verdict': z.infer<typeof VerdictData>;
  }
}

/** Whether the cause that an alert named was the right one, as the person who presses says. */
const giveVerdict = defineAction('alert.verdict', {
  data: VerdictData,
  role: 'viewer',
  title: 'Judging a cause',
  card: 'alert.show',
  run: async (ports: Ports, { scope }, { alert, says }) => {
    const model = await alertCardOf(ports)(await alertsHere(ports)(scope, alert));
    if (model === undefined) throw goneAlert();
    const rule = ruleOf(model);
    const reader = readerOf(scope, ports.clock);
    // A card that names no cause any more is shown as it is now.
    if (rule !== undefined)
      await ports.store.verdicts.give({
        account: scope.account,
        alertId: model.kind === 'alert' ? model.alert.id : model.group.id,
        personId: normalizeId(personIdOf(scope)),
        rule,
        isRight: says === 'right',
        at: ports.clock.now(),
      });
    const verdict = rule === undefined ? {} : { verdict: says };
    return reply(
      model.kind === 'alert'
        ? alertCard({ ...model.alert, ...verdict }, reader)
        : groupCard({ ...model.group, ...verdict }, reader),
    );
  },
});

/** Of an alert or a group that has ended, the rule that named its cause. */
const ruleOf = (model: SharedCardModel): string | undefined => {
  if (model.kind === 'alert') {
    const { detail } = model.alert;
    return isOpen(detail) ? undefined : detail.diagnosis?.likely;
  }
  const { open, cause } = model.group;
  return open > 0 || cause === undefined ? undefined : groupRule(cause);
};

export const verdictActions = { 'alert.verdict': giveVerdict };
