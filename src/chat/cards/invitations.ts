import { type Action, executePress, runCommand } from '../../ui/action.ts';
import { bold, small } from '../../ui/rich-text.ts';
import type { CommandFacts, Invited } from '../define-command.ts';

/** The button of an invitation. */
export const invitingButton = ({
  name,
  summary,
  invitation: { button, press },
}: Invited): Action & { readonly type: 'Action.Execute' } =>
  press === undefined
    ? runCommand(button, name, { tooltip: summary })
    : executePress(button, press, { tooltip: summary });

/** What people do, the words for it, and the button that does it. */
export const invitingRow = (invited: Invited) => ({
  does: [bold(invited.invitation.does)],
  words: [small(`“${invited.invitation.words}”`)],
  button: invitingButton(invited),
});

/** Beside the way to help, so many fit on a phone. */
const mostInvited = 2;

export const helpButton = runCommand('Help', 'help');

/** The first things that somebody is invited to, and help. */
export const firstButtons = (invited: readonly Invited[]): readonly Action[] => [
  ...invited.slice(0, mostInvited).map(invitingButton),
  helpButton,
];

/** Two examples of plain words, of what somebody may do. */
export const examples = (invited: readonly Invited[]): string =>
  invited
    .slice(0, mostInvited)
    .map(({ invitation }) => `“${invitation.words}”`)
    .join(' or ');

/** Whoever may read may also type a name. */
export const mayNameAgents = (invited: readonly Pick<CommandFacts, 'role'>[]): boolean =>
  invited.some(({ role }) => role !== 'none');
