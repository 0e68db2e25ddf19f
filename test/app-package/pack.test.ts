import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type SchemaCheck, schemaFaults } from '../../src/app-package/official-schema.ts';
import { type Folder, pack } from '../../src/app-package/pack.ts';
import { exampleSettings } from '../../src/app-package/settings.ts';
import { projectFile, projectFolder } from './project.ts';

const changed = (file: string, change: (text: string) => string): Folder =>
  new Map([
    ...projectFolder,
    [file, new TextEncoder().encode(change(projectFile(`appPackage/${file}`)))],
  ]);

const without = (file: string): Folder =>
  new Map([...projectFolder].filter(([name]) => name !== file));

const inManifest = (from: string | RegExp, to: string): Folder =>
  changed('manifest.json', (text) => {
    expect(text).toMatch(from);
    return text.replace(from, to);
  });

const known = new Map<string, ReturnType<SchemaCheck>>();
/** Each text meets its schema once, for that takes longer than all the rest. */
const checkOnce: SchemaCheck = (kind, file, text) => {
  const key = JSON.stringify([kind, file, text]);
  const faults = known.get(key) ?? schemaFaults(kind, file, text);
  known.set(key, faults);
  return faults;
};

const faultsOf = async (folder: Folder, check = checkOnce): Promise<readonly string[]> =>
  (await pack(folder, exampleSettings, check)).faults.map(({ where, what }) => `${where}: ${what}`);

/** The bot's own rules alone: the official schema takes 100 ms for each text. */
const ownFaultsOf = (folder: Folder): Promise<readonly string[]> =>
  faultsOf(folder, async () => []);

const expectFault = async (folder: Folder, fault: string): Promise<void> => {
  const own = await ownFaultsOf(folder);
  expect(own.includes(fault) ? own : await faultsOf(folder)).toContain(fault);
};

type Edit = readonly [what: string, from: string | RegExp, to: string, fault: string];

/** Expects the fault of each edit. Those that the schema has to find are made in one text: it names all that it finds. */
const editsOf = (file: string, edits: readonly Edit[]) => {
  const textWith = (some: readonly Edit[]): Folder =>
    changed(file, (text) => some.reduce((before, [, from, to]) => before.replace(from, to), text));
  const ownKnows = async (edit: Edit): Promise<boolean> =>
    (await ownFaultsOf(textWith([edit]))).includes(edit[3]);
  const askSchema = async (): Promise<readonly string[]> => {
    const known = await Promise.all(edits.map(ownKnows));
    return faultsOf(textWith(edits.filter((_, index) => !known[index])));
  };
  let asked: ReturnType<typeof askSchema> | undefined;
  return async (edit: Edit): Promise<void> => {
    const [, from, , fault] = edit;
    expect(projectFile(`appPackage/${file}`)).toMatch(from);
    if (await ownKnows(edit)) return;
    asked ??= askSchema();
    // Two edits of one place: the schema sees this one alone.
    if (!(await asked).includes(fault)) await expectFault(textWith([edit]), fault);
  };
};

describe('the package of the project', () => {
  it('is without fault', async () => {
    expect(await faultsOf(projectFolder)).toEqual([]);
  });

  it('holds manifest, languages and icons at its root, and nothing else', async () => {
    const { zip, files } = await pack(projectFolder, exampleSettings, checkOnce);
    const names = ['color.png', 'de.json', 'ja.json', 'manifest.json', 'outline.png'];
    expect(Object.keys(unzipSync(zip))).toEqual(names);
    expect(files.toSorted()).toEqual(names);
  });

  it('holds the icons byte for byte, and texts whose placeholders are filled', async () => {
    const settings = {
      ...exampleSettings,
      APP_NAME_SUFFIX: ' "lab" \\',
      DEVELOPER_NAME: 'Ü & Söhne',
    };
    const { zip, title } = await pack(projectFolder, settings, checkOnce);
    const packed = unzipSync(zip);
    expect(packed['color.png']).toEqual(new Uint8Array(projectFolder.get('color.png') ?? []));
    const texts = ['manifest.json', 'de.json', 'ja.json'].map((name) =>
      new TextDecoder().decode(packed[name]),
    );
    expect(texts.join('')).not.toContain('${{');
    expect(JSON.parse(texts[0] ?? '')).toMatchObject({
      id: settings.TEAMS_APP_ID,
      name: { short: 'PingPlotter "lab" \\' },
      developer: { name: 'Ü & Söhne', privacyUrl: settings.DEVELOPER_PRIVACY_URL },
      bots: [{ botId: settings.BOT_ID }],
      composeExtensions: [{ botId: settings.BOT_ID }],
      validDomains: [settings.BOT_DOMAIN],
    });
    expect(JSON.parse(texts[1] ?? '')).toMatchObject({ 'name.short': 'PingPlotter "lab" \\' });
    expect(title).toBe('PingPlotter "lab" \\ 0.1.0');
  });

  it('has the same bytes whatever order the files come in', async () => {
    const { zip } = await pack(projectFolder, exampleSettings, checkOnce);
    const again = await pack(new Map([...projectFolder].toReversed()), exampleSettings, checkOnce);
    expect(Buffer.from(again.zip).equals(Buffer.from(zip))).toBe(true);
  });
});

describe('a package is refused', () => {
  const manifestEdits: readonly Edit[] = [
    [
      'an unknown property',
      '"accentColor"',
      '"accent": 1, "accentColor"',
      'manifest.json: must NOT have additional properties {"additionalProperty":"accent"}',
    ],
    [
      'another schema',
      /v1\.30\/MicrosoftTeams/u,
      'v1.29/MicrosoftTeams',
      'manifest.json /$schema: must be https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json',
    ],
    [
      'another manifest version',
      '"manifestVersion": "1.30"',
      '"manifestVersion": "1.29"',
      'manifest.json /manifestVersion: must be equal to constant {"allowedValue":"1.30"}',
    ],
    [
      'a version that is not three numbers',
      '"version": "0.1.0"',
      '"version": "0.1.0-beta"',
      'manifest.json /version: must be three numbers, like 1.2.3',
    ],
    [
      'an id that is no GUID',
      '"id": "${{TEAMS_APP_ID}}"',
      '"id": "pingplotter"',
      'manifest.json /id: must match pattern "^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$" {"pattern":"^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"}',
    ],
    [
      'a name of more than 30 characters',
      '"PingPlotter${{APP_NAME_SUFFIX}}"',
      '"PingPlotter, wherever you may be"',
      'manifest.json /name/short: must NOT have more than 30 characters {"limit":30}',
    ],
    [
      'an empty name',
      '"PingPlotter${{APP_NAME_SUFFIX}}"',
      '" "',
      'manifest.json /name/short: must not be empty',
    ],
    [
      '"Teams" in the name',
      '"PingPlotter${{APP_NAME_SUFFIX}}"',
      '"PingPlotter for Teams"',
      'manifest.json /name/short: must not hold "Teams" or "Microsoft"',
    ],
    [
      '"Microsoft" in the full name',
      '"PingPlotter Cloud: agents',
      '"Microsoft PingPlotter: agents',
      'manifest.json /name/full: must not hold "Teams" or "Microsoft"',
    ],
    [
      'a short description of more than 80 characters',
      '"Which agents have',
      `"${'Which '.repeat(10)}agents have`,
      'manifest.json /description/short: must NOT have more than 80 characters {"limit":80}',
    ],
    [
      'a page without https',
      '"${{DEVELOPER_TERMS_URL}}"',
      '"http://example.com/terms"',
      'manifest.json /developer/termsOfUseUrl: must begin with https://',
    ],
    [
      'a colour that is none',
      '"#0b4a6f"',
      '"teal"',
      'manifest.json /accentColor: must match pattern "^#[0-9a-fA-F]{6}$" {"pattern":"^#[0-9a-fA-F]{6}$"}',
    ],
    [
      'a scope that there is not',
      '"scopes": ["personal", "team", "groupChat"]',
      '"scopes": ["personal", "team", "groupChat", "tab"]',
      'manifest.json /bots/0/scopes/3: must be equal to one of the allowed values {"allowedValues":["team","personal","groupChat","copilot"]}',
    ],
    [
      'commands for a scope that the bot does not have',
      '"scopes": ["personal", "team", "groupChat"]',
      '"scopes": ["personal", "team"]',
      'manifest.json /bots/0/commandLists/1/scopes: the bot has no scope groupChat',
    ],
    [
      'a scope without commands',
      '"scopes": ["team", "groupChat"]',
      '"scopes": ["team"]',
      'manifest.json /bots/0/commandLists (groupChat): has no command',
    ],
    [
      'more than 12 commands in a scope',
      '"scopes": ["team", "groupChat"],\n          "commands": [',
      '"scopes": ["team", "groupChat"],\n          "commands": [{ "title": "fields", "description": "Fields" },',
      'manifest.json /bots/0/commandLists (team): has more than 12 commands',
    ],
    [
      'a command twice in a scope',
      '"title": "watches"',
      '"title": "Watch"',
      'manifest.json /bots/0/commandLists (personal): names watch twice',
    ],
    [
      'a command that begins with /',
      '"title": "agents"',
      '"title": "/agents"',
      'manifest.json /bots/0/commandLists/0/commands/0/title: must be 1 to 32 characters and not begin with /',
    ],
    [
      'a command of more than 32 characters',
      '"title": "agents"',
      `"title": "${'agents'.repeat(6)}"`,
      'manifest.json /bots/0/commandLists/0/commands/0/title: must be 1 to 32 characters and not begin with /',
    ],
    [
      'a command that says nothing',
      '"All agents with their quality, the worst first"',
      '""',
      'manifest.json /bots/0/commandLists/0/commands/0/description: must say what the command does',
    ],
    [
      'an extension of another bot',
      '"botId": "${{BOT_ID}}",\n      "commands"',
      '"botId": "${{TEAMS_APP_ID}}",\n      "commands"',
      'manifest.json /composeExtensions/0/botId: must be the bot that answers',
    ],
    [
      'a domain with a wildcard',
      '["${{BOT_DOMAIN}}"]',
      '["*.example.com"]',
      'manifest.json /validDomains/0: must be a host name of yours, without scheme, port, path and wildcard',
    ],
    [
      'a domain with a scheme',
      '["${{BOT_DOMAIN}}"]',
      '["https://${{BOT_DOMAIN}}"]',
      'manifest.json /validDomains/0: must be a host name of yours, without scheme, port, path and wildcard',
    ],
    [
      'a top-level domain',
      '["${{BOT_DOMAIN}}"]',
      '["com"]',
      'manifest.json /validDomains/0: must be a host name of yours, without scheme, port, path and wildcard',
    ],
    [
      'a placeholder that nothing fills',
      '"${{DEVELOPER_NAME}}"',
      '"${{COMPANY}}"',
      'manifest.json: nothing fills ${{COMPANY}}',
    ],
    [
      'a language twice',
      '"languageTag": "ja"',
      '"languageTag": "de"',
      'manifest.json /localizationInfo: names de twice',
    ],
    [
      'a language file that is not there',
      '"file": "ja.json"',
      '"file": "jp.json"',
      'jp.json: is not in the folder of the manifest',
    ],
  ];
  const expectManifestFault = editsOf('manifest.json', manifestEdits);
  it.each(manifestEdits)('for %s', (...edit) => expectManifestFault(edit));

  it('for two commands of the extension with one id', async () => {
    const folder = changed('manifest.json', (text) =>
      text.replace(/("fetchTask": true\n {8}\})/u, '$1, { "id": "agents", "title": "x" }'),
    );
    expect(await faultsOf(folder)).toEqual([
      'manifest.json /composeExtensions/0/commands: names agents twice',
    ]);
  });

  it('for a manifest of another form, with what the schema has against it', async () => {
    const faults = await faultsOf(changed('manifest.json', () => '{"name": 1}'));
    expect(faults).toContain('manifest.json /name: must be object {"type":"object"}');
    expect(faults.length).toBeGreaterThan(5);
  });

  it.each(['manifest.json', 'ja.json', 'color.png', 'outline.png'])('without %s', async (file) => {
    await expectFault(without(file), `${file}: is not in the folder of the manifest`);
  });

  it.each(['manifest.json', 'de.json'])('when %s is no JSON', async (file) => {
    await expectFault(
      changed(file, (text) => text.slice(1)),
      `${file}: is no JSON`,
    );
  });

  const languageEdits: readonly Edit[] = [
    [
      'a text that is too long',
      '"description.short": "',
      `"description.short": "${'x'.repeat(80)}`,
      'de.json /description.short: must NOT have more than 80 characters {"limit":80}',
    ],
    [
      'a key that the schema does not know',
      '"description.short"',
      '"developer.name": "x", "description.short"',
      'de.json: must NOT have additional properties {"additionalProperty":"developer.name"}',
    ],
    [
      'a key for a text that the manifest does not have',
      'commands[11].description',
      'commands[11].prompt',
      'de.json bots[0].commandLists[0].commands[11].prompt: names no text of manifest.json',
    ],
    [
      '"Teams" in the name',
      '"name.full": "',
      '"name.full": "Teams-',
      'de.json name.full: must not hold "Teams" or "Microsoft"',
    ],
    [
      'no short description',
      '"description.short"',
      '"description.tiny"',
      `de.json: must have required property 'description.short' {"missingProperty":"description.short"}`,
    ],
  ];
  const expectLanguageFault = editsOf('de.json', languageEdits);
  it.each(languageEdits)('for %s in a language file', (...edit) => expectLanguageFault(edit));

  it('for an icon of another size or kind', async () => {
    const color = projectFolder.get('color.png') ?? new Uint8Array();
    const swapped = new Map([...projectFolder, ['outline.png', color]]);
    expect(await faultsOf(swapped)).toEqual(['outline.png: must be a PNG of 32 × 32 pixels']);
    const jpeg = new Map([...projectFolder, ['color.png', new Uint8Array(100).fill(0xff)]]);
    expect(await faultsOf(jpeg)).toEqual(['color.png: must be a PNG of 192 × 192 pixels']);
  });

  it('with every fault at once', async () => {
    const folder = inManifest('["${{BOT_DOMAIN}}"]', '["*"]');
    const faults = await faultsOf(new Map([...folder].filter(([name]) => name !== 'de.json')));
    expect(faults).toHaveLength(2);
  });
});
