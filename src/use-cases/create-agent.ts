import type { AgentDraft, CreatedAgent, TargetDraft } from '../core/agent.ts';
import type { Binding } from '../core/confirmation.ts';
import { AppError } from '../core/errors.ts';
import { optional } from '../core/optional.ts';
import type { Scope } from '../core/turn.ts';
import type { VerbData } from '../core/verbs.ts';
import { personIdOf } from './actor.ts';
import { changeOrLook } from './outcome.ts';
import type { UseCasePorts } from './ports.ts';
import { requireGranted } from './remove-agent.ts';

export type CreateForm = VerbData<'agent.create'>;

export const creationBinding = (scope: Scope): Binding => ({
  tenantId: scope.address.tenantId,
  personId: personIdOf(scope),
  verb: 'agent.create',
  subject: '',
});

/** Reads a filled-in form. Throws 'bad-input' with the sentence to show on the form. */
export const draftFrom = (form: CreateForm): AgentDraft => {
  if (form.name === undefined || form.name.trim() === '') throw unreadable('A name is needed.');
  return {
    name: form.name,
    template: form.kind === 'template',
    targets: [
      targetFrom(1, form.target1, form.interval1, form.configuration1),
      targetFrom(2, form.target2, form.interval2, form.configuration2),
      targetFrom(3, form.target3, form.interval3, form.configuration3),
    ].flatMap((target) => target ?? []),
  };
};

/** Creates an agent or template from a form that works once: PingPlotter gets it once, whatever it answers. */
export const createAgent =
  (ports: Pick<UseCasePorts, 'pingPlotter' | 'fleets' | 'confirmations'>) =>
  async (scope: Scope, token: string, draft: AgentDraft): Promise<CreatedAgent> => {
    requireGranted(await ports.confirmations.redeem(token, creationBinding(scope)));
    let created: CreatedAgent | undefined;
    await changeOrLook(
      async () => {
        created = await ports.pingPlotter(scope.account).create(draft);
      },
      async () => false,
      `PingPlotter did not say whether it created the ${draft.template ? 'template' : 'agent'}. Look for it before you try again, or there may be two.`,
    );
    ports.fleets.forget(scope.account);
    if (created === undefined) throw new AppError('internal', 'created nothing');
    return created;
  };

/** A trace interval in ms: ten samples a second at most, one in an hour at least. */
const [leastIntervalMs, mostIntervalMs] = [100, 3_600_000];

const targetFrom = (
  place: number,
  target: string | undefined,
  interval: string | undefined,
  configuration: string | undefined,
): TargetDraft | undefined => {
  if (target === undefined) {
    if (configuration === undefined) return undefined;
    throw unreadable(`Target ${place} has a configuration, but no address.`);
  }
  const intervalMs = interval === undefined ? undefined : Number(interval);
  if (
    intervalMs !== undefined &&
    !(Number.isInteger(intervalMs) && intervalMs >= leastIntervalMs && intervalMs <= mostIntervalMs)
  )
    throw unreadable(
      `The interval of target ${place} must be a whole number of milliseconds from ${leastIntervalMs} to ${mostIntervalMs}.`,
    );
  return {
    target: target.trim(),
    ...optional('configurationId', configuration?.trim()),
    ...optional('intervalMs', intervalMs),
  };
};

const unreadable = (explanation: string): AppError =>
  new AppError('bad-input', 'create form', { explanation });
