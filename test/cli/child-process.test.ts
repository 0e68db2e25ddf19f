import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ServicePlan, startService } from '../../src/cli/child-process.ts';
import { freePort } from '../../src/cli/playground.ts';

const server = `
  import { createServer } from 'node:http';
  console.log(Object.keys(process.env).join(' '));
  createServer((request, response) => {
    response.end(String(process.pid));
    if (request.url === '/crash') process.exit(3);
  }).listen(process.env.PORT, '127.0.0.1');
`;

describe('startService', () => {
  let plan: ServicePlan;
  let origin: string;

  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'service-'));
    const port = await freePort(0);
    origin = `http://127.0.0.1:${port}`;
    plan = {
      name: 'The test server',
      args: ['--input-type=module', '--eval', server],
      environment: { PORT: String(port) },
      folder,
      logFile: join(folder, 'service.log'),
      readyUrl: origin,
    };
  });

  afterEach(async () => {
    delete process.env['PINGPLOTTER_API_KEY'];
    await rm(plan.folder, { recursive: true });
  });

  it('fulfils once the program answers, and stops it', async () => {
    const service = await startService(plan);
    expect((await fetch(origin)).status).toBe(200);
    await service.stop();
    await expect(fetch(origin)).rejects.toThrow();
  });

  it('kills it, and that is no death of its own', async () => {
    const service = await startService(plan);
    const pid = Number(await (await fetch(origin)).text());
    await service.kill();
    await service.kill();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(await Promise.race([service.died, 'nothing said'])).toBe('nothing said');
    await service.stop();
  });

  it('hands on nothing of its own environment that the program does not need to run', async () => {
    process.env['PINGPLOTTER_API_KEY'] = 'a real one';
    const service = await startService(plan);
    await service.stop();
    const names = await readFile(plan.logFile, 'utf8');
    expect(names).toContain('PORT');
    expect(names).not.toContain('PINGPLOTTER_API_KEY');
  });

  it('says what a program said last that ends by itself', async () => {
    const service = await startService(plan);
    await fetch(`${origin}/crash`).catch(() => undefined);
    expect(await service.died).toMatch(
      /^The test server has ended by itself\. It said last:\n.*PORT/,
    );
    await service.stop();
  });

  it('rejects with the last words of a program that does not come up', async () => {
    const args = ['--eval', 'console.error("no such database"); process.exit(1)'];
    await expect(startService({ ...plan, args })).rejects.toThrow('no such database');
  });
});
