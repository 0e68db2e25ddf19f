import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { manifestTemplate, projectFile, projectManifest } from './project.ts';

const Texts = z.record(z.string(), z.string());

/** Each text of a JSON document with the key that Teams' language files give it. */
const textsOf = (value: unknown, key = ''): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[key, value]];
  if (Array.isArray(value)) return value.flatMap((item, at) => textsOf(item, `${key}[${at}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    textsOf(item, key === '' ? name : `${key}.${name}`),
  );
};

/** Titles of commands are what people type, which the bot knows in English only. */
const isForReading = (key: string): boolean =>
  /^(name|description)\.|\.description$|^composeExtensions.*\.title$/u.test(key);

const english = textsOf(manifestTemplate).filter(([key]) => isForReading(key));

const languages = projectManifest.localizationInfo?.additionalLanguages ?? [];

it('is in English, German and Japanese', () => {
  expect(projectManifest.localizationInfo?.defaultLanguageTag).toBe('en');
  expect(languages).toEqual([
    { languageTag: 'de', file: 'de.json' },
    { languageTag: 'ja', file: 'ja.json' },
  ]);
});

describe.each(languages)('$file', ({ file, languageTag }) => {
  const { $schema, ...texts } = Texts.parse(JSON.parse(projectFile(`appPackage/${file}`)));

  it('holds every text that people read, and no other', () => {
    expect(Object.keys(texts)).toEqual(english.map(([key]) => key));
    expect($schema).toContain('/v1.30/MicrosoftTeams.Localization.schema.json');
  });

  it('translates them all but the name', () => {
    const same = english.filter(([key, text]) => texts[key] === text).map(([key]) => key);
    expect(same).toEqual(['name.short']);
  });

  it('says the same of a command wherever it is listed', () => {
    const said = new Map<string, Set<string | undefined>>();
    for (const [key, text] of english)
      if (key.startsWith('bots')) said.set(text, (said.get(text) ?? new Set()).add(texts[key]));
    expect([...said.values()].filter((ways) => ways.size !== 1)).toEqual([]);
  });

  it('is written in its own letters', () => {
    const letters = { de: /[äöüß]/u, ja: /[ぁ-ん]/u };
    const own = languageTag === 'de' ? letters.de : letters.ja;
    expect(texts['description.full']).toMatch(own);
  });

  it('names the commands as they are typed, and says that they are English', () => {
    expect(texts['description.full']).toMatch(/\bundo\b[\s\S]*(Englisch|英語)[\s\S]*\bhelp\b/u);
  });
});
