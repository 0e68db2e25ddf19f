import { describe, expect, it } from 'vitest';
import {
  exampleSettings,
  placeholdersIn,
  readSettings,
  settingNames,
} from '../../src/app-package/settings.ts';
import { projectFile } from './project.ts';

const id = '7d9a3a3e-54f3-4a57-8a0c-9a1b2c3d4e5f';

describe('the settings of the package', () => {
  it('are what the manifest and its languages have placeholders for', () => {
    const named = ['manifest', 'de', 'ja'].flatMap((name) =>
      placeholdersIn(projectFile(`appPackage/${name}.json`)),
    );
    expect([...new Set(named)].toSorted()).toEqual(settingNames.toSorted());
  });

  it('are examples, and said to be, when nothing is given', () => {
    const { settings, examples, faults } = readSettings({ BOT_ID: '', BOT_DOMAIN: ' ' });
    expect(settings).toEqual(exampleSettings);
    expect(examples).toEqual(settingNames.filter((name) => name !== 'APP_NAME_SUFFIX'));
    expect(faults).toEqual([]);
  });

  it('take the bot from its own settings, unless it is named', () => {
    const other = id.toUpperCase();
    expect(readSettings({ MicrosoftAppId: id }).settings.BOT_ID).toBe(id);
    expect(readSettings({ MicrosoftAppId: id, BOT_ID: other }).settings.BOT_ID).toBe(other);
    expect(readSettings({ MicrosoftAppId: id }).examples).not.toContain('BOT_ID');
  });

  const noGuid = 'must be a GUID, like 0a1b2c3d-0000-4000-8000-000000000000';
  const noDomain = 'must be the host name alone, without scheme, port, path and wildcard';
  const noPage = 'must be an https:// address that people reach without signing in';

  it.each([
    ['TEAMS_APP_ID', 'pingplotter', noGuid],
    ['BOT_ID', '28:bot', noGuid],
    ['BOT_DOMAIN', '*.example.com', noDomain],
    ['BOT_DOMAIN', 'https://a.example.com', noDomain],
    ['BOT_DOMAIN', 'a.example.com:3978', noDomain],
    ['BOT_DOMAIN', 'a.example.com/b', noDomain],
    ['BOT_DOMAIN', 'localhost', noDomain],
    ['DEVELOPER_NAME', 'x'.repeat(33), 'must be at most 32 characters'],
    ['DEVELOPER_WEBSITE_URL', 'http://example.com/', noPage],
    ['DEVELOPER_PRIVACY_URL', 'example.com/privacy', noPage],
    ['DEVELOPER_TERMS_URL', 'https://', noPage],
  ])('refuse %s=%s', (name, value, what) => {
    const { faults, settings } = readSettings({ [name]: value });
    expect(faults).toEqual([{ where: name, what }]);
    expect(settings).toEqual(exampleSettings);
  });

  it('say every fault at once', () => {
    const wrong = { BOT_ID: 'x', BOT_DOMAIN: 'x', DEVELOPER_TERMS_URL: 'x' };
    expect(readSettings(wrong).faults.map(({ where }) => where)).toEqual(Object.keys(wrong));
  });
});
