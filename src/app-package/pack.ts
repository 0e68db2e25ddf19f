import { zipSync } from 'fflate';
import { languageFaults, localizationFaults } from './localization.ts';
import { type Fault, type Manifest, readManifest } from './manifest.ts';
import { type SchemaCheck, schemaFaults } from './official-schema.ts';
import { fillPlaceholders, placeholdersIn, type Settings } from './settings.ts';
import { storeFaults } from './store-rules.ts';

/** The first moment that a ZIP can hold, by the local clock, which is what a ZIP holds. */
const anytime = new Date(1980, 0, 1);

/** The same files give the same bytes, whenever and wherever they are packed. */
export const archive = (files: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1))), {
    level: 9,
    mtime: anytime,
  });

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
export const pack = async (
  folder: Folder,
  settings: Settings,
  check: SchemaCheck = schemaFaults,
): Promise<Package> => {
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
    ...texts.map(async ({ name, text }) => textFaults(name, text, check)),
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

const textFaults = async (
  name: string,
  text: string,
  check: SchemaCheck,
): Promise<readonly Fault[]> =>
  parsed(text) === undefined
    ? [{ where: name, what: 'is no JSON' }]
    : [
        ...placeholdersIn(text).map((left) => ({
          where: name,
          what: `nothing fills \${{${left}}}`,
        })),
        ...(await check(name === manifestFile ? 'manifest' : 'localization', name, text)),
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

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Of the header chunk, which stands first: its length, its name, then width and height. */
const widthAt = 16;
const heightAt = 20;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Nothing for what is no PNG. */
export const pngSize = (bytes: Uint8Array): Size | undefined => {
  const isPng = bytes.length > heightAt + 4 && signature.every((byte, at) => bytes[at] === byte);
  if (!isPng) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return { width: view.getUint32(widthAt), height: view.getUint32(heightAt) };
};
