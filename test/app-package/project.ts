import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readManifest } from '../../src/app-package/manifest.ts';
import type { Folder } from '../../src/app-package/pack.ts';

export const projectFile = (path: string): string =>
  readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8');

const folder = resolve(import.meta.dirname, '../../appPackage');

/** The files that the package is made from, as they are in the project. */
export const projectFolder: Folder = new Map(
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => [name, readFileSync(join(folder, name))]),
);

/** The manifest with its placeholders unfilled. */
export const manifestTemplate: unknown = JSON.parse(projectFile('appPackage/manifest.json'));

const read = readManifest(manifestTemplate);
if (read === undefined) throw new Error('the manifest has another form');
export const projectManifest = read;
