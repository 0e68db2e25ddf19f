import { type Binding, requireGranted } from '../../chat/confirmation.ts';
import { personIdOf } from '../../chat/person.ts';
import type { Scope } from '../../chat/turn.ts';
import type { AgentDraft, CreatedAgent, TargetDraft } from '../../platform/agent.ts';
import { AppError, refusal } from '../../platform/errors.ts';
import { optional } from '../../shared/optional.ts';
import { parseDuration } from '../../shared/time.ts';
import type { VerbData } from '../../ui/action.ts';
import { changeOrVerify } from './apply-change.ts';
import { type TracedTarget, tickedTargets } from './domain/traced-targets.ts';
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
export const draftFrom = (form: CreateForm, traced: readonly TracedTarget[]): AgentDraft => {
  const { name = '' } = form;
  requireName(name);
  const typed = [
    targetFrom(1, form.target1, form.configuration1, intervalOf(1, form.seconds1, form.interval1)),
    targetFrom(2, form.target2, form.configuration2, intervalOf(2, form.seconds2, form.interval2)),
    targetFrom(3, form.target3, form.configuration3, intervalOf(3, form.seconds3, form.interval3)),
  ].flatMap((target) => target ?? []);
  const addresses = new Set(typed.map(({ target }) => target.toLowerCase().split(/\s/u)[0]));
  const ticked = tickedTargets(form.known, traced).filter(
    (target) => !addresses.has(target.split(' ')[0]),
  );
  return {
    name,
    template: form.kind === 'template',
    targets: [...ticked.map((target) => ({ target })), ...typed],
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

/** Seconds between two samples: ten samples a second at most, one in an hour at least. */
const [leastSeconds, mostSeconds] = [0.1, 3600];

/** In ms. Typed as seconds, `2.5`, or as a span, `1m`. */
const intervalOf = (
  place: number,
  seconds: string | undefined,
  olderMs: string | undefined,
): number | undefined => {
  if (seconds === undefined && olderMs === undefined) return undefined;
  const typed = seconds?.trim().replace(',', '.') ?? '';
  const spanMs = parseDuration(typed);
  const ms = seconds === undefined ? Number(olderMs) : (spanMs ?? Math.round(Number(typed) * 1000));
  if (Number.isInteger(ms) && ms >= leastSeconds * 1000 && ms <= mostSeconds * 1000) return ms;
  throw refusal('bad-input', 'create.interval', {
    place,
    least: leastSeconds,
    most: mostSeconds,
  });
};

const targetFrom = (
  place: number,
  target: string | undefined,
  configuration: string | undefined,
  intervalMs: number | undefined,
): TargetDraft | undefined => {
  if (target === undefined) {
    if (configuration === undefined) return undefined;
    throw refusal('bad-input', 'create.target-without-address', { place });
  }
  return {
    target: target.trim(),
    ...optional('configurationId', configuration?.trim()),
    ...optional('intervalMs', intervalMs),
  };
};
