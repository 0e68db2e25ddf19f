import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ hasInstallScript: z.boolean().optional(), name: z.string().optional() }),
  ),
});
const Package = z.object({ allowScripts: z.record(z.string(), z.boolean()) });

it('D: no package runs a script when it is installed, and each that would is named', () => {
  const { packages } = Lock.parse(read('package-lock.json'));
  const withScript = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  const { allowScripts } = Package.parse(read('package.json'));
  expect(Object.values(allowScripts)).not.toContain(true);
  expect(withScript.filter((name) => !Object.hasOwn(allowScripts, name))).toEqual([]);
  expect(withScript).not.toEqual([]);
});
