import { expect, it } from 'vitest';
import { refusal } from '../../src/platform/errors.ts';

// A refused press stands so in the audit log, beside entries of earlier versions.
it.each([
  [
    refusal('not-allowed', 'role.too-low', {
      what: 'Pausing',
      needs: 'operator',
      role: 'viewer',
      guest: false,
    }),
    'Pausing needs operator',
  ],
  [refusal('expired', 'card.used'), 'confirmation used'],
  [
    refusal('changed', 'agent.target-gone', { session: 'crm', agent: 'lax-12' }),
    'session crm is not on agent lax-12',
  ],
  [refusal('changed', 'undo.of-somebody-else', { name: 'Ada' }), 'undo'],
  [refusal('changed', 'mute.none', {}), 'not muted'],
  [refusal('changed', 'watch.gone'), 'watch is gone'],
  [refusal('bad-input', 'filter.needs-text', { typed: 'name:' }), 'filter.needs-text'],
])('notes %s for the log', (error, note) => {
  expect(error.message).toBe(note);
});
