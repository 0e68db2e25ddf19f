import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { SettingsFile } from '../../../src/cli/settings/file.ts';

it('the schema in the documents is that of the file', async () => {
  const schema = z.toJSONSchema(SettingsFile, { target: 'draft-7', io: 'input' });
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(
    join(import.meta.dirname, '../../../docs/settings.schema.json'),
  );
});
