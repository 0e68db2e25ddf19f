import type { Card, CardView } from '../../../platform/messenger.ts';
import { execute, runCommand, toggle, type VerbData, withoutInputs } from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { boxed } from '../../../ui/rich-text.ts';
import source from './create.json' with { type: 'json' };

export interface CreateModel {
  readonly token: string;
  /** What was filled in before, verbatim. */
  readonly values?: Partial<VerbData<'agent.create'>>;
  readonly problem?: string;
}

const fill = template(source);

export const createCard: CardView<CreateModel> = ({ token, values = {}, problem }): Card => {
  const targets = targetInputs(values);
  const hidden = targets.filter(({ isVisible }) => !isVisible).map(({ id }) => id);
  return fill(
    {
      problems: boxed(problem),
      name: values.name ?? '',
      kind: values.kind ?? 'agent',
      targets,
      actions: [
        execute('Create', 'agent.create', { token }),
        ...(hidden.length > 0 ? [toggle('More targets', ...hidden)] : []),
        { ...runCommand('Cancel', 'agents'), ...withoutInputs },
      ],
    },
    'New agent',
  );
};

/** The form has room for three targets; those beyond the first show up when asked for or filled in. */
const targetInputs = (values: NonNullable<CreateModel['values']>) =>
  [
    [values.target1, values.interval1, values.configuration1] as const,
    [values.target2, values.interval2, values.configuration2] as const,
    [values.target3, values.interval3, values.configuration3] as const,
  ].map((inputs, index) => {
    const [target = '', interval = '', configuration = ''] = inputs;
    return {
      id: `target-${index + 1}`,
      number: index + 1,
      isVisible: index === 0 || inputs.some((input) => input !== undefined),
      target,
      interval,
      configuration,
    };
  });
