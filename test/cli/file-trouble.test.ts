import { expect, it } from 'vitest';
import { withFile } from '../../src/cli/file-trouble.ts';
import { AppError } from '../../src/platform/errors.ts';

it.each([
  ['ENOSPC', 'backup.jsonl cannot be written: the disk is full (ENOSPC)'],
  ['EDQUOT', 'backup.jsonl cannot be written: the disk is full (EDQUOT)'],
  ['EROFS', 'backup.jsonl cannot be written: the disk is read-only (EROFS)'],
  ['EACCES', 'backup.jsonl cannot be written: this user may not (EACCES)'],
  ['EMFILE', 'backup.jsonl cannot be written: EMFILE'],
])('D: a file with %s is named, and not the database', async (code, said) => {
  const failing = withFile('backup.jsonl', 'written', async () => {
    throw Object.assign(new Error('write /secret/place'), { code });
  });
  await expect(failing).rejects.toMatchObject({ code: 'bad-input', message: said });
});

it('leaves a failure of the database what it is', async () => {
  const failure = new AppError('store-down', 'the store is full (53100)');
  await expect(withFile('backup.jsonl', 'written', () => Promise.reject(failure))).rejects.toBe(
    failure,
  );
});
