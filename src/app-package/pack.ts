import { archive } from './archive.ts';
import type { Fault } from './fault.ts';
import { languageFaults, localizationFaults } from './localization.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { schemaFaults } from './official-schema.ts';
import { fillPlaceholders, placeholdersIn } from './placeholders.ts';
import { pngSize } from './png-size.ts';
import type { Settings } from './settings.ts';
import { storeFaults } from './store-rules.ts';

/** The files of the folder of the manifest, by name. */
export type Folder = ReadonlyMap<string, Uint8Array>;

export interface Package {
  readonly faults: readonly Fault[];
  /** The name and the version that the manifest holds. */
  readonly title: string;
  readonly files: readonly string[];
  readonly zip: Uint8Array;
}

const manifestFile = 'manifest.json';

/** Fills, checks and packs what the manifest names. The archive is worth something only without faults. */
export const pack = async (folder: Folder, settings: Settings): Promise<Package> => {
  const filled = (name: string): string =>
    fillPlaceholders(new TextDecoder().decode(folder.get(name)), settings);
  const json = parsed(filled(manifestFile));
  const manifest = readManifest(json);
  const languages = languageFiles(manifest);
  const icons = Object.values(manifest?.icons ?? {});
  const texts = [manifestFile, ...languages]
    .filter((name) => folder.has(name))
    .map((name) => ({ name, text: filled(name) }));
  const faults = await Promise.all([
    absent([manifestFile, ...languages, ...icons], folder),
    ...texts.map(async ({ name, text }) => textFaults(name, text)),
    ...texts
      .filter(({ name }) => name !== manifestFile)
      .map(({ name, text }) => localizationFaults(name, parsed(text), json)),
    ...(manifest === undefined
      ? []
      : [storeFaults(manifest), languageFaults(manifest), iconFaults(manifest, folder)]),
  ]);
  const files = {
    ...Object.fromEntries(texts.map(({ name, text }) => [name, new TextEncoder().encode(text)])),
    ...Object.fromEntries([...folder].filter(([name]) => icons.includes(name))),
  };
  return {
    faults: faults.flat(),
    title: `${manifest?.name.short} ${manifest?.version}`,
    files: Object.keys(files),
    zip: archive(files),
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const languageFiles = (manifest?: Manifest): readonly string[] =>
  manifest?.localizationInfo?.additionalLanguages.map(({ file }) => file) ?? [];

const absent = (names: readonly string[], folder: Folder): readonly Fault[] =>
  names
    .filter((name) => !folder.has(name))
    .map((name) => ({ where: name, what: 'is not in the folder of the manifest' }));

const textFaults = async (name: string, text: string): Promise<readonly Fault[]> =>
  parsed(text) === undefined
    ? [{ where: name, what: 'is no JSON' }]
    : [
        ...placeholdersIn(text).map((left) => ({
          where: name,
          what: `nothing fills \${{${left}}}`,
        })),
        ...(await schemaFaults(name === manifestFile ? 'manifest' : 'localization', name, text)),
      ];

const iconSides = { color: 192, outline: 32 } as const;

const iconFaults = ({ icons }: Manifest, folder: Folder): readonly Fault[] =>
  (['color', 'outline'] as const).flatMap((kind) => {
    const bytes = folder.get(icons[kind]);
    const size = bytes && pngSize(bytes);
    const side = iconSides[kind];
    return bytes === undefined || (size?.width === side && size.height === side)
      ? []
      : [{ where: icons[kind], what: `must be a PNG of ${side} × ${side} pixels` }];
  });
