import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../src/cli/playground.ts';

describe('freePort', () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  const listen = (port: number): Promise<Server> =>
    new Promise((resolve, reject) => {
      const server = createServer();
      servers.push(server);
      server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server));
    });

  it('takes the port asked for when nobody listens there', async () => {
    const port = await freePort(0);
    expect(await freePort(port)).toBe(port);
  });

  it('takes a later one when somebody does, and leaves it free', async () => {
    const taken = await freePort(0);
    await listen(taken);
    const port = await freePort(taken);
    expect(port).toBeGreaterThan(taken);
    expect((await listen(port)).listening).toBe(true);
  });
});
