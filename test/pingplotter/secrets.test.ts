import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { connect, failureOf, key } from './connect.ts';
import {
  answer,
  breakOff,
  closedAddress,
  hang,
  noHttp,
  type Respond,
  rawServer,
  reset,
} from './raw-server.ts';

const body = 'words-of-the-upstream-body';

/** Everything that could be logged of an error, its causes included. */
const everythingIn = (error: unknown): string =>
  error instanceof Error
    ? [
        error.message,
        error.stack,
        JSON.stringify(error),
        inspect(error, { depth: 20, showHidden: true }),
        everythingIn(error.cause),
      ].join('\n')
    : String(error);

const faults: Readonly<Record<string, Respond>> = {
  reset,
  breakOff,
  hang,
  noHttp,
  unauthorised: answer(401, body),
  forbidden: answer(403, body),
  redirect: answer(302, body, { location: `https://example.com/?key=${key}` }),
  broken: answer(500, body, { 'x-echo': key }),
  html: answer(200, `<p>${body} ${key}</p>`),
  'JSON of another shape': answer(200, JSON.stringify({ [body]: key })),
  'not gzip': answer(200, body, { 'content-encoding': 'gzip' }),
};

it.each(Object.keys(faults))('no key and no body in the error of %s', async (name) => {
  const server = await rawServer(faults[name] ?? hang);
  const { pingPlotter } = connect(server.url, { timeoutMs: 60 });
  const errors = await Promise.all(
    [
      pingPlotter.agents(),
      pingPlotter.rename('a1', 'the-new-name'),
      pingPlotter.create({ name: 'the-new-name', template: false, targets: [] }),
      pingPlotter.remove('a1', { uninstall: false }),
    ].map(failureOf),
  );
  const told = errors.map(everythingIn).join('\n');
  for (const secret of [key, body, 'the-new-name', 'X-API-KEY']) expect(told).not.toContain(secret);
});

it.each([
  ['nobody listens', closedAddress],
  ['the base URL is none', async () => 'not a url'],
  ['the scheme is unknown', async () => 'gopher://127.0.0.1'],
])('no key in the error when %s', async (_name, address) => {
  const { pingPlotter } = connect(await address());
  expect(everythingIn(await failureOf(pingPlotter.agents()))).not.toContain(key);
});
