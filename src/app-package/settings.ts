import { z } from 'zod';
import type { Fault } from './manifest.ts';

const placeholder = /\$\{\{\s*(\w+)\s*\}\}/gu;

export const placeholdersIn = (template: string): readonly string[] => [
  ...new Set([...template.matchAll(placeholder)].map(([, name = '']) => name)),
];

/** Fills the placeholders that stand in the strings of a JSON text; those without a value stay. */
export const fillPlaceholders = (
  template: string,
  values: Readonly<Record<string, string>>,
): string =>
  template.replace(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? JSON.stringify(values[name]).slice(1, -1) : whole,
  );

const guid = z.guid('must be a GUID, like 0a1b2c3d-0000-4000-8000-000000000000');

const pageShould = 'must be an https:// address that people reach without signing in';
const page = z
  .string()
  .refine(
    (value) => /^https:\/\//u.test(value) && value.length <= 2048 && URL.canParse(value),
    pageShould,
  );

const domainShould = 'must be the host name alone, without scheme, port, path and wildcard';
const domain = z
  .string()
  .max(253, domainShould)
  .regex(
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/iu,
    domainShould,
  );

const Settings = z.object({
  TEAMS_APP_ID: guid,
  BOT_ID: guid,
  BOT_DOMAIN: domain,
  APP_NAME_SUFFIX: z.string(),
  DEVELOPER_NAME: z.string().max(32, 'must be at most 32 characters'),
  DEVELOPER_WEBSITE_URL: page,
  DEVELOPER_PRIVACY_URL: page,
  DEVELOPER_TERMS_URL: page,
});

export type Settings = Readonly<z.infer<typeof Settings>>;
export type SettingName = keyof Settings;

/** Enough to see a valid package; nobody's own, so no bot answers there. */
export const exampleSettings: Settings = {
  TEAMS_APP_ID: '3f1c0a52-0000-4000-8000-00000000a001',
  BOT_ID: '3f1c0a52-0000-4000-8000-00000000b001',
  BOT_DOMAIN: 'pingplotter-bot.example.com',
  APP_NAME_SUFFIX: '',
  DEVELOPER_NAME: 'Example organisation',
  DEVELOPER_WEBSITE_URL: 'https://example.com/',
  DEVELOPER_PRIVACY_URL: 'https://example.com/privacy',
  DEVELOPER_TERMS_URL: 'https://example.com/terms',
};

export const settingNames: readonly SettingName[] = Settings.keyof().options;

type Given = Readonly<Record<string, string | undefined>>;

export interface ReadSettings {
  readonly settings: Settings;
  /** Still as in the example, though the package is of no use so. */
  readonly examples: readonly SettingName[];
  readonly faults: readonly Fault[];
}

/** What is not given, empty or at fault is taken from the example, so that all else can be checked too. */
export const readSettings = (given: Given): ReadSettings => {
  const checked = settingNames.map((name) => ({
    name,
    result: Settings.shape[name].safeParse(chosenFor(given, name) ?? exampleSettings[name]),
  }));
  const settings = {
    ...exampleSettings,
    ...Object.fromEntries(
      checked.flatMap(({ name, result }) => (result.success ? [[name, result.data]] : [])),
    ),
  };
  return {
    settings,
    examples: settingNames.filter(
      (name) => name !== 'APP_NAME_SUFFIX' && settings[name] === exampleSettings[name],
    ),
    faults: checked.flatMap(({ name, result }) =>
      result.success ? [] : [{ where: name, what: result.error.issues[0]?.message ?? '' }],
    ),
  };
};

/** MicrosoftAppId is the same id, as the bot's own settings call it. */
const chosenFor = (given: Given, name: SettingName): string | undefined => {
  const value = given[name]?.trim() || undefined;
  return name === 'BOT_ID' ? value || given['MicrosoftAppId']?.trim() || undefined : value;
};
