import { type Binding, requireGranted } from '../../chat/confirmation.ts';
import { personIdOf } from '../../chat/person.ts';
import type { Scope } from '../../chat/turn.ts';
import type { AgentDraft, CreatedAgent, TargetDraft } from '../../platform/agent.ts';
import { AppError, refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import type { VerbData } from '../../ui/action.ts';
import { changeOrVerify } from './apply-change.ts';
import { requireName } from './parse.ts';
import type { ChangePorts as Ports } from './ports.ts';

export type CreateForm = VerbData<'agent.create'>;

export const creationBinding = (scope: Scope): Binding => ({
  tenantId: scope.address.tenantId,
  personId: personIdOf(scope),
  verb: 'agent.create',
  subject: '',
});

/** Reads a filled-in form. Throws 'bad-input' with the sentence to show on the form. */
export const draftFrom = (form: CreateForm): AgentDraft => {
  const { name = '' } = form;
  requireName(name);
  return {
    name,
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
  (ports: Ports) =>
  async (scope: Scope, token: string, draft: AgentDraft): Promise<CreatedAgent> => {
    requireGranted(await ports.confirmations.redeem(token, creationBinding(scope)));
    let created: CreatedAgent | undefined;
    await changeOrVerify(
      async () => {
        created = await ports.pingPlotter(scope.account).create(draft);
      },
      async () => false,
      { name: 'not-confirmed.created', facts: { what: draft.template ? 'template' : 'agent' } },
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
    throw refusal('bad-input', 'create.target-without-address', { place });
  }
  const intervalMs = interval === undefined ? undefined : Number(interval);
  if (
    intervalMs !== undefined &&
    !(Number.isInteger(intervalMs) && intervalMs >= leastIntervalMs && intervalMs <= mostIntervalMs)
  )
    throw refusal('bad-input', 'create.interval', {
      place,
      least: leastIntervalMs,
      most: mostIntervalMs,
    });
  return {
    target: target.trim(),
    ...optional('configurationId', configuration?.trim()),
    ...optional('intervalMs', intervalMs),
  };
};
