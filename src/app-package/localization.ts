import { z } from 'zod';
import type { Fault, Manifest } from './manifest.ts';
import { brandFaults } from './store-rules.ts';

const Json = z.record(z.string(), z.unknown());

/** What a key like `bots[0].commandLists[1].commands[2].description` points at. */
const pointedAt = (manifest: unknown, key: string): unknown =>
  key
    .replace(/\[(\d+)\]/gu, '.$1')
    .split('.')
    .reduce<unknown>((value, step) => Json.safeParse(asRecord(value)).data?.[step], manifest);

const asRecord = (value: unknown): unknown => (Array.isArray(value) ? { ...value } : value);

/** What the schema cannot see: whether a language file fits this manifest. */
export const localizationFaults = (
  file: string,
  texts: unknown,
  manifest: unknown,
): readonly Fault[] =>
  Object.entries(Json.catch({}).parse(texts))
    .filter(([key]) => key !== '$schema')
    .flatMap(([key, text]) => {
      const where = `${file} ${key}`;
      if (typeof pointedAt(manifest, key) !== 'string')
        return [{ where, what: 'names no text of manifest.json' }];
      return key.startsWith('name.') ? brandFaults(where, String(text)) : [];
    });

/** Whether each language has one file, and none is the default one. */
export const languageFaults = ({ localizationInfo }: Manifest): readonly Fault[] => {
  const { defaultLanguageTag = '', additionalLanguages = [] } = localizationInfo ?? {};
  const tags = [defaultLanguageTag, ...additionalLanguages.map(({ languageTag }) => languageTag)];
  return tags
    .filter((tag, index) => tags.indexOf(tag) !== index)
    .map((tag) => ({ where: 'manifest.json /localizationInfo', what: `names ${tag} twice` }));
};
