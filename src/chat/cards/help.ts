import type { Card, CardView } from '../../platform/messenger.ts';
import { runCommand, toggle } from '../../ui/action.ts';
import { template } from '../../ui/card.ts';
import { markdown } from '../../ui/escape.ts';
import { bold, run, small, subtle, type TextRun } from '../../ui/rich-text.ts';
import { type CommandFacts, commandGroups, type Invited } from '../define-command.ts';
import { howToAsk } from './greeting.ts';
import source from './help.json' with { type: 'json' };
import { invitingRow } from './invitations.ts';

/** The bot's own words about one of its commands. */
export type CommandHelp = Pick<CommandFacts, 'name' | 'group' | 'usage' | 'summary'>;

export interface HelpModel {
  readonly commands: readonly CommandHelp[];
  /** What this person is invited to here. */
  readonly invited: readonly Invited[];
  /** The command that was asked about. */
  readonly one?: CommandHelp & { readonly details: readonly string[] };
}

const fill = template(source);

export const helpCard: CardView<HelpModel> = ({ commands, invited, one }): Card =>
  one === undefined ? wholeHelp(commands, invited) : helpOn(one);

interface Line {
  readonly inlines: readonly TextRun[];
}

const line = (first: string, rest: string): Line => ({
  inlines: [bold(first), subtle(`  ${rest}`)],
});

/** What most people want; the whole grammar is for who asks for more. */
const mostInvited = 5;

const wholeHelp = (commands: readonly CommandHelp[], invited: readonly Invited[]): Card =>
  fill(
    {
      title: 'What you can ask',
      lead: [small(howToAsk(invited))],
      details: [],
      rows: invited.slice(0, mostInvited).map(invitingRow),
      groups: [
        ...grouped(commands),
        {
          group: 'Names',
          lines: [
            line('lax', 'a name may be typed in part'),
            line('"Front Desk"', 'words in double quotes stay together'),
          ],
        },
      ],
      filters: filters.map(([filter, meaning]) => line(filter, meaning)),
      actions: [toggle('More: all commands', 'more'), toggle('Filters', 'filters')],
    },
    `${commands.length} commands: ${commands.map(({ name }) => name).join(', ')}`,
  );

const helpOn = ({ usage, summary, details }: NonNullable<HelpModel['one']>): Card =>
  fill(
    {
      title: markdown(usage, 200),
      lead: [run(summary)],
      details: details.map((detail) => ({ inlines: [run(detail)] })),
      rows: [],
      groups: [],
      filters: filters.map(([filter, meaning]) => line(filter, meaning)),
      actions: [runCommand('All commands', 'help'), toggle('Filters', 'filters')],
    },
    `${usage}: ${summary}`,
  );

const grouped = (commands: readonly CommandHelp[]) =>
  commandGroups
    .map((group) => ({
      group,
      lines: commands
        .filter((command) => command.group === group)
        .map(({ usage, summary }) => line(usage, summary)),
    }))
    .filter(({ lines }) => lines.length > 0);

const filters: readonly (readonly [filter: string, meaning: string])[] = [
  ['lax', 'name, machine or custom field holds it'],
  ['is:poor', 'or fair, good, unknown, online, offline, wifi, vpn, paused, stale, never, waiting'],
  ['score<70', 'also <=, >, >= and ='],
  ['name:lax*', 'also platform:, target: and ip:'],
  ['field.Site:Boise', 'a custom field'],
  ['seen>30d', 'last contact; also created<1d and wifi<50'],
  ['@boise', 'what was saved by: save filter boise = field.Site:Boise'],
  ['is:wifi score<70', 'both'],
  ['is:poor OR is:offline', 'either'],
  ['-is:good', 'not'],
];
