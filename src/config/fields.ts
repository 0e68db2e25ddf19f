import { z } from 'zod';

const isLoopbackName = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

export const isLoopback = (host: string): boolean => isLoopbackName.test(host);

/** Environment variables are text: what is not given and what is empty are the same. */
const text = (should: string) => z.string({ error: should });

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `one of ${values.join(', ')}` });

export const wholeNumber = (min: number, max: number) => {
  const should = `a whole number from ${min} to ${max}`;
  return text(should)
    .regex(/^\d+$/, should)
    .transform(Number)
    .pipe(z.number().min(min, should).max(max, should));
};

/** Ids are opaque: the Playground's are no UUIDs. */
export const idList = text('ids, separated by commas')
  .transform((list) => list.split(',').map((id) => id.trim()))
  .transform((ids) => [...new Set(ids.filter((id) => id !== ''))])
  .refine(
    (ids) => ids.length > 0 && ids.every((id) => /^[\x21-\x7e]+$/.test(id)),
    'ids, separated by commas',
  );

const namesShould = 'pairs like id=Name, separated by commas';

/** `id=Name, id=Name`; a name may hold an equals sign, an id may not. */
export const nameList = text(namesShould)
  .transform((list) =>
    list
      .split(',')
      .filter((pair) => pair.trim() !== '')
      .map((pair): readonly [string, string] => {
        const at = pair.indexOf('=');
        return [pair.slice(0, Math.max(0, at)).trim(), pair.slice(at + 1).trim()];
      }),
  )
  .refine(
    (pairs) => pairs.length > 0 && pairs.every(([id, name]) => id !== '' && name !== ''),
    namesShould,
  )
  .transform((pairs): ReadonlyMap<string, string> => new Map(pairs));

const objectIdsShould =
  'Entra object ids, separated by commas: no addresses and no names; “whoami” shows an id';

/** An address would never be anybody: people come in by their object ids. */
export const objectIdList = text(objectIdsShould)
  .pipe(idList)
  .refine((ids) => !ids.some((id) => id.includes('@')), objectIdsShould);

const hostName = /^(\*\.)?([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;
const hostsShould =
  'host names without scheme, port or path, separated by commas; *. in front stands for any subdomain';

export const hostList = text(hostsShould)
  .transform((list) => list.split(',').map((host) => host.trim().toLowerCase()))
  .transform((hosts) => [...new Set(hosts.filter((host) => host !== ''))])
  .refine(
    (hosts) => hosts.length > 0 && hosts.every((host) => hostName.test(host) || isLoopback(host)),
    hostsShould,
  );

/** Travels in an HTTP header. */
export const headerValue = (should: string) => text(should).regex(/^[\x20-\x7e]+$/, should);

export const dnsLabel = (should: string) =>
  text(should)
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i, should)
    .transform((label) => label.toLowerCase());

const apiUrlShould =
  'an address like https://acme.api.pingplotter.cloud, with or without a path, without user, query or fragment; http: only to a loopback address';

/** Without a slash at its end. */
export const apiUrl = text(apiUrlShould)
  .refine((value) => {
    if (!URL.canParse(value)) return false;
    const { protocol, hostname, username, password, search, hash } = new URL(value);
    const safe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
    return safe && [username, password, search, hash].every((part) => part === '');
  }, apiUrlShould)
  .transform((value) => new URL(value).href.replace(/\/+$/, ''));

const publicShould =
  "the bot's own public address like https://bot.example.com, with or without a path, without user, query or fragment";

/** Without a slash at its end. */
export const publicUrl = text(publicShould)
  .refine((value) => {
    if (!URL.canParse(value)) return false;
    const { protocol, username, password, search, hash } = new URL(value);
    return protocol === 'https:' && [username, password, search, hash].every((it) => it === '');
  }, publicShould)
  .transform((value) => new URL(value).href.replace(/\/+$/, ''));

const fieldShould = 'the name of one custom field of PingPlotter, at most 200 characters';

export const fieldName = text(fieldShould)
  .max(200, fieldShould)
  .regex(/^[^\p{Cc}]+$/u, fieldShould);

const pageShould =
  "an https address of PingPlotter's own pages with {agentId} once and, if wanted, {sessionId} once behind the host, like https://acme.pingplotter.cloud/agents/{agentId}";

/** The places of the ids stand behind the host, so that no id can lead elsewhere. */
export const pageTemplate = text(pageShould).refine((value) => {
  const rest = value.replace('{agentId}', 'agent').replace('{sessionId}', 'session');
  if (!value.includes('{agentId}') || /[{}\s\\]/u.test(rest) || !URL.canParse(rest)) return false;
  const { protocol, origin, username, password } = new URL(rest);
  const behindHost = URL.canParse(value) && new URL(value).origin === origin;
  return protocol === 'https:' && behindHost && username === '' && password === '';
}, pageShould);

const proxyShould =
  'the address of a proxy like http://proxy.example:3128, with user and password where it wants them, without a path';

/** Without a scheme, as curl takes it, it is `http:`. */
export const proxyUrl = text(proxyShould)
  .transform((value) => (value.includes('://') ? value : `http://${value}`))
  .refine((value) => {
    if (!URL.canParse(value)) return false;
    const { protocol, pathname, search, hash, username, password } = new URL(value);
    return (
      /^https?:$/.test(protocol) &&
      pathname === '/' &&
      search === '' &&
      hash === '' &&
      [username, password].every(isDecodable)
    );
  }, proxyShould);

const isDecodable = (part: string): boolean => {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
};

/** What NO_PROXY may hold: nothing of it is refused, since other programs read it too. */
export const hostExceptions = text('hosts, separated by commas').transform((list) =>
  list.split(/[\s,]+/u).filter((host) => host !== ''),
);

const databaseShould = 'file:<path> or postgres://<user>:<password>@<host>/<database>';

export const databaseUrl = text(databaseShould).refine(
  (value) => /^file:./.test(value) || (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value)),
  databaseShould,
);

/** An address that botbuilder asks. */
export const webUrl = text('an http(s) address').refine(
  (value) => URL.canParse(value) && /^https?:\/\//i.test(value),
  'an http(s) address',
);
