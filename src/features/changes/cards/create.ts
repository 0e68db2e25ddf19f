import type { Card, CardView } from '../../../platform/messenger.ts';
import { execute, runCommand, toggle, type VerbData, withoutInputs } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plain } from '../../../ui/escape.ts';
import { boxed, counted, dots } from '../../../ui/rich-text.ts';
import type { TracedTarget } from '../domain/traced-targets.ts';
import source from './create.json' with { type: 'json' };

export interface CreateModel {
  readonly token: string;
  /** What other agents trace, what most of them do first. */
  readonly traced: readonly TracedTarget[];
  /** What was filled in before, verbatim. */
  readonly values?: Partial<VerbData<'agent.create'>>;
  readonly problem?: string;
}

const fill = template(source);

/** A longer list is no choice. */
const mostTraced = 15;

export const createCard: CardView<CreateModel> = ({
  token,
  traced,
  values = {},
  problem,
}): Card => {
  const targets = targetInputs(values);
  const hidden = targets.filter(({ isVisible }) => !isVisible).map(({ id }) => id);
  const ids = targets.filter(({ hasConfiguration }) => !hasConfiguration);
  return fill(
    {
      problems: boxed(problem),
      name: values.name ?? '',
      kind: values.kind ?? 'agent',
      known: traced.length === 0 ? [] : [{ value: values.known ?? '', choices: choices(traced) }],
      targets,
      actions: [
        execute('Create', 'agent.create', { token }),
        ...(hidden.length > 0 ? [toggle('More targets', ...hidden)] : []),
        ...(ids.length > 0
          ? [toggle('Configurations', ...ids.map(({ id }) => `configuration-of-${id}`))]
          : []),
        { ...runCommand('Cancel', 'agents'), ...withoutInputs },
      ],
    },
    'New agent',
  );
};

const choices = (traced: readonly TracedTarget[]) =>
  traced.slice(0, mostTraced).map(({ address, name, agents }) => ({
    title: dots([
      plain(address, 60),
      name.toLowerCase() !== address && plain(name, 40),
      counted(agents, 'agent'),
    ]),
    value: address,
  }));

/** The form has room for three targets; those beyond the first show up when asked for or filled in. */
const targetInputs = (values: NonNullable<CreateModel['values']>) =>
  [
    [values.target1, values.seconds1, values.configuration1] as const,
    [values.target2, values.seconds2, values.configuration2] as const,
    [values.target3, values.seconds3, values.configuration3] as const,
  ].map((inputs, index) => {
    const [target = '', seconds = '', configuration = ''] = inputs;
    return {
      id: `target-${index + 1}`,
      number: index + 1,
      isVisible: index === 0 || inputs.some((input) => input !== undefined),
      target,
      seconds,
      configuration,
      hasConfiguration: configuration !== '',
    };
  });
