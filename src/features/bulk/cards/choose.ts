import type { Card, CardView, Reader } from '../../../platform/messenger.ts';
import {
  type Action,
  execute,
  inOverflow,
  type ShowCard,
  showsTo,
  withoutInputs,
} from '../../../ui/action.ts';
import { template } from '../../../ui/card.ts';
import { plainName } from '../../../ui/escape.ts';
import { dots, small } from '../../../ui/rich-text.ts';
import { stateText } from '../../../ui/status.ts';
import { lastSeenText } from '../../fleet/cards/agent-line.ts';
import type { AgentView } from '../../fleet/domain/agent-view.ts';
import { fullName } from '../../fleet/domain/distinction.ts';
import type { PickedFrom } from '../domain/picked.ts';
import source from './choose.json' with { type: 'json' };
import { agentsText, filterText } from './wording.ts';

export interface ChooseModel {
  readonly from: PickedFrom;
  /** How many there are in all. */
  readonly count: number;
  /** Those that can be left out here, worst first. */
  readonly offered: readonly AgentView[];
  /** Their ids that stay in; all of them at first. */
  readonly ticked: ReadonlySet<string>;
  /** What was filled in before, verbatim. */
  readonly filled?: { readonly lasts?: string | undefined; readonly pattern?: string | undefined };
}

const fill = template(source);

/** What to do with the agents of a list; boxes that are not ticked leave some out. */
export const chooseCard: CardView<ChooseModel> = (model, reader): Card => {
  const { from, count, offered, ticked } = model;
  const rest = count - offered.length;
  const title = `Act on ${agentsText(count)}`;
  return fill(
    {
      title,
      about: [small(aboutText(from))],
      label: 'Only those that are ticked',
      ticked: offered.flatMap(({ agent: { id } }) => (ticked.has(id) ? [id] : [])).join(','),
      choices: offered.map((view) => ({ title: rowText(view, reader), value: view.agent.id })),
      notes:
        rest > 0
          ? [
              {
                inlines: [
                  small(
                    `These are the first ${offered.length}. The other ${rest} are acted on too: to leave some of them out, narrow the filter.`,
                  ),
                ],
              },
            ]
          : [],
      actions: actionsOf(model, reader),
    },
    title,
  );
};

const aboutText = ({ list, machines }: PickedFrom): string =>
  dots([
    machines === true ? 'on a machine with another' : filterText({ filter: list?.filter ?? '' }),
    'nothing is changed before the next card',
  ]);

const rowText = ({ agent, statusWord, score }: AgentView, reader: Reader): string =>
  dots([
    plainName(fullName(agent, 60), 60),
    stateText(statusWord, score),
    agent.online ? undefined : lastSeenText(agent, reader),
  ]);

const actionsOf = (
  { from, count, offered, filled = {} }: ChooseModel,
  reader: Reader,
): readonly Action[] => {
  const data = {
    ...from,
    // Whoever else the list holds is meant too.
    ...(count > offered.length ? { offered: offered.map(({ agent }) => agent.id) } : {}),
  };
  const plan = (title: string, act: 'pause' | 'resume' | 'reconnect' | 'rename' | 'delete') =>
    execute(title, 'bulk.plan', { ...data, act });
  const { list, machines } = from;
  const back =
    machines === true
      ? execute('Back', 'agents.machines', {}, { ...withoutInputs, ...inOverflow })
      : execute('Back', 'agents.page', { ...list }, { ...withoutInputs, ...inOverflow });
  return [
    withInput(
      'Pause',
      {
        id: 'for',
        label: 'For how long? Left empty, until somebody resumes them',
        placeholder: '2h',
        maxLength: 40,
        value: filled.lasts ?? '',
      },
      plan('Preview', 'pause'),
    ),
    plan('Resume', 'resume'),
    plan('Reconnect', 'reconnect'),
    withInput(
      'Rename',
      {
        id: 'pattern',
        label: 'New names, with {name} {machine} {platform} {n} {field.Site}',
        placeholder: '{field.Site}-{n}',
        maxLength: 1000,
        value: filled.pattern ?? '',
      },
      plan('Preview', 'rename'),
    ),
    ...(showsTo(reader, 'admin') ? [plan('Delete', 'delete')] : []),
    back,
  ];
};

const withInput = (title: string, input: object, button: Action): ShowCard => ({
  type: 'Action.ShowCard',
  title,
  card: {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'Input.Text', ...input }],
    actions: [button],
  },
});
