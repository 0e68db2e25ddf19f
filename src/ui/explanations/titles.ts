import type { ReasonName } from '../../platform/reasons.ts';

/** Where the title of the code would say what is not so: nothing that was only typed has changed meanwhile. */
export const titles: Partial<Record<ReasonName, string>> = {
  'undo.nothing': 'Nothing to take back',
  'undo.too-late': 'Too late to take back',
  'undo.of-somebody-else': 'Not yours to take back',
  'undo.pause-over': 'Nothing to take back',
  'grant.none': 'Nothing to revoke',
  'grant.by-configuration': 'Set by whoever runs the bot',
  'mute.none': 'Not muted',
  'mute.of-all': 'Muted with all others',
  'account.unchosen': 'Which account?',
  'account.none-here': 'No account here',
  'account.unknown': 'No such account',
  'account.gone': 'No such account',
  'account.other-card': 'Unknown here',
  'maintenance.none': 'Nothing is planned',
};
