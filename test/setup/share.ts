import { once } from 'node:events';
import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { buildPrograms } from './build-programs.ts';
import type { Starters } from './shared.ts';
import { startPostgres } from './start-postgres.ts';

const starters: Starters = { programs: buildPrograms, postgres: startPostgres };

const isName = (name: string): name is keyof Starters => name in starters;

/** Makes once what the tests of a whole run share, but only when one of them asks for it. */
export const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const started = new Map<string, ReturnType<Starters[keyof Starters]>>();
  const get = async (name: string): Promise<unknown> => {
    if (!isName(name)) throw new Error(`nothing is called ${name}`);
    const known = started.get(name) ?? starters[name]();
    started.set(name, known);
    return (await known).value;
  };
  const server = createServer((request, response) => {
    get((request.url ?? '').slice(1)).then(
      (value) => response.end(JSON.stringify(value)),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(error instanceof Error ? error.stack : 'failed');
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  provide('shared', `http://127.0.0.1:${address.port}`);
  return async () => {
    server.closeAllConnections();
    server.close();
    for (const one of started.values()) await (await one).stop();
  };
};
