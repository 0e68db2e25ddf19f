import { strFromU8, unzipSync } from 'fflate';
import { z } from 'zod';
import { fillPlaceholders, placeholdersIn } from '../../app-package/settings.ts';
import type { Environ } from '../part-settings.ts';
import { type Finding, reportOn } from './finding.ts';

const { good, bad } = reportOn('app manifest');

export interface ManifestPorts {
  readonly environ: Environ;
  /** A file of the project; undefined when there is none. Throws when it cannot be read. */
  readonly read: (path: string) => Buffer | undefined;
}

const source = 'appPackage/manifest.json';
const archive = 'build/appPackage.zip';
const built = [archive, 'build/manifest.json'] as const;

/** What of it names this bot. */
const Manifest = z.object({
  bots: z.array(z.object({ botId: z.string() })).default([]),
  composeExtensions: z.array(z.object({ botId: z.string().optional() })).default([]),
  validDomains: z.array(z.string()).default([]),
});

/** The manifest in the project has placeholders, a built one must have none left. */
export const checkManifests = (ports: ManifestPorts): readonly Finding[] => {
  const findings = [source, ...built].flatMap((path) => checkOne(ports, path) ?? []);
  return findings.length > 0 ? findings : [good(source, 'there is none here, so none can differ')];
};

const checkOne = ({ environ, read }: ManifestPorts, path: string): Finding | undefined => {
  const again = path === source ? 'Mend the file.' : 'Make it again: npm run package.';
  try {
    const file = read(path);
    if (file === undefined) return undefined;
    const text = path === archive ? fileInZip(file, 'manifest.json') : file.toString('utf8');
    if (text === undefined) return bad(path, 'holds no manifest.json', again);
    // As `npm run package` does; what is not set stays a placeholder, for the bot's own value fills it.
    const filled = path === source ? fillPlaceholders(text, valuesIn(environ)) : text;
    const { bots, composeExtensions, validDomains } = Manifest.parse(JSON.parse(filled));
    const ids = [...bots, ...composeExtensions].flatMap(({ botId }) => botId ?? []);
    const wanted = wantedBy(environ);
    const faults = [
      ...idFaults(ids, wanted.botId),
      ...domainFaults(validDomains, wanted.domain),
      ...(path !== source && text.includes('${{') ? ['has placeholders that nothing filled'] : []),
    ];
    return faults.length > 0
      ? bad(path, faults.join('; '), `Set BOT_ID and BOT_DOMAIN as the bot has them. ${again}`)
      : good(path, agreement(wanted));
  } catch {
    return bad(path, 'cannot be read as a manifest', again);
  }
};

interface Wanted {
  readonly botId: string | undefined;
  readonly domain: string | undefined;
}

const wantedBy = (environ: Environ): Wanted => ({
  botId: environ['MicrosoftAppId']?.trim() || undefined,
  domain: environ['BOT_DOMAIN']?.trim() || undefined,
});

const valuesIn = (environ: Environ): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(environ).flatMap(([name, value = '']) =>
      value.trim() === '' ? [] : [[name, value.trim()]],
    ),
  );

const isPlaceholder = (value: string): boolean => placeholdersIn(value).length > 0;

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const idFaults = (ids: readonly string[], wanted: string | undefined): readonly string[] => {
  if (ids.length === 0) return ['names no bot'];
  return wanted === undefined || ids.every((id) => isPlaceholder(id) || same(id, wanted))
    ? []
    : ['names another bot than MicrosoftAppId'];
};

const domainFaults = (domains: readonly string[], wanted: string | undefined): readonly string[] =>
  wanted === undefined || domains.some((one) => isPlaceholder(one) || same(one, wanted))
    ? []
    : ['does not list the domain of BOT_DOMAIN'];

const agreement = ({ botId, domain }: Wanted): string =>
  [
    botId === undefined ? 'no MicrosoftAppId to compare its bot with' : 'names this bot',
    domain === undefined ? 'no BOT_DOMAIN to compare its domain with' : 'lists its domain',
  ].join('; ');

/** Unpacked; a manifest is some kilobytes. */
const mostBytes = 1024 * 1024;

/**
 * The text of one file in a zip archive; undefined when the archive has no such file. Throws when it is no
 * archive that can be read, or when the file is larger than any manifest.
 */
export const fileInZip = (archive: Uint8Array, name: string): string | undefined => {
  const files = unzipSync(archive, {
    filter: (file) => {
      if (file.name !== name) return false;
      if (file.originalSize > mostBytes) throw new Error('the file is too large');
      return true;
    },
  });
  const found = files[name];
  return found && strFromU8(found);
};
