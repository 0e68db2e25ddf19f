import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { demoTrouble } from '../../src/cli/demo-trouble.ts';

const withCode = (code: string): Error => Object.assign(new Error(`it failed: ${code}`), { code });

describe('what a demo that cannot go on says', () => {
  it('asks for the packages that are missing', () => {
    const said = demoTrouble(withCode('MODULE_NOT_FOUND'));
    expect(said).toContain('Run “npm ci” without --omit=dev');
    expect(said).toContain('it failed: MODULE_NOT_FOUND');
  });

  it.each(['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC'])(
    'names the folder it cannot write to: %s',
    (code) => {
      expect(demoTrouble(withCode(code))).toContain(`cannot write to ${tmpdir()}`);
    },
  );

  it('says what a part said last, and to try again', () => {
    const said = demoTrouble(new Error('The bot has ended by itself. It said last:\nno more'));
    expect(said).toMatch(/^The bot has ended by itself\. It said last:\nno more\n\n/);
    expect(said).toContain('Try “npm run demo” again');
  });

  it('has a sentence for what is no error', () => {
    expect(demoTrouble('no')).toContain('The demo could not be started.');
  });
});
