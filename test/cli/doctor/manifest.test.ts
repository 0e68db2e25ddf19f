import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { botId, type Environment, examined } from './examined.ts';

const manifest = (botIdThere: string, domain = 'bot.example.com') =>
  JSON.stringify({
    bots: [{ botId: botIdThere }],
    composeExtensions: [{ botId: botIdThere }],
    validDomains: [domain],
  });
const zipped = (name: string, content: string): Uint8Array => zipSync({ [name]: strToU8(content) });

describe('the app manifest', () => {
  const ours = { MicrosoftAppId: botId.toUpperCase(), BOT_DOMAIN: 'bot.example.com' };
  const source = 'appPackage/manifest.json';
  const archive = 'build/appPackage.zip';
  const placeholders = manifest('${{BOT_ID}}', '${{BOT_DOMAIN}}');

  it.each<readonly [string, Environment, string, string | Uint8Array, true | RegExp]>([
    ['with placeholders', ours, source, placeholders, true],
    ['built for this bot', ours, archive, zipped('manifest.json', manifest(botId)), true],
    ['built, without the archive', ours, 'build/manifest.json', manifest(botId), true],
    ['of no bot yet', {}, archive, zipped('manifest.json', manifest(botId)), true],
    [
      'with placeholders that are filled for another bot',
      { ...ours, BOT_ID: 'another' },
      source,
      placeholders,
      /another bot than MicrosoftAppId/u,
    ],
    ['of another bot', ours, source, manifest('another'), /another bot than MicrosoftAppId/u],
    [
      'built for another bot',
      ours,
      archive,
      zipped('manifest.json', manifest('another')),
      /another bot than MicrosoftAppId/u,
    ],
    [
      'built for another domain',
      ours,
      archive,
      zipped('manifest.json', manifest(botId, 'else.example.com')),
      /domain of BOT_DOMAIN/u,
    ],
    [
      'built with placeholders',
      ours,
      archive,
      zipped('manifest.json', placeholders),
      /placeholders that nothing filled/u,
    ],
    ['without a bot', ours, source, '{}', /names no bot/u],
    ['that is no JSON', ours, source, '{', /cannot be read/u],
    ['missing in its archive', ours, archive, zipped('other', ''), /holds no manifest\.json/u],
    [
      'larger than any manifest',
      ours,
      archive,
      zipped('manifest.json', manifest(botId) + ' '.repeat(1024 * 1024)),
      /cannot be read/u,
    ],
    ['in an archive that is none', ours, archive, 'x'.repeat(100), /cannot be read/u],
  ])('%s is compared', async (_what, environment, path, content, expected) => {
    const { of } = await examined(environment, { files: { [path]: content } });
    const finding = of('app manifest', path);
    expect(finding?.ok).toBe(expected === true);
    if (expected !== true) {
      expect(finding?.reason).toMatch(expected);
      expect(finding?.mend).not.toBe('');
    }
  });

  it('that is not there cannot differ', async () => {
    const { of } = await examined(ours);
    expect(of('app manifest', source)).toMatchObject({ ok: true });
  });
});
