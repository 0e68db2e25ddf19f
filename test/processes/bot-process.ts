import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { type Service, startService } from '../../src/cli/child-process.ts';
import { freePort } from '../../src/cli/playground.ts';
import { aFolder } from '../store/a-folder.ts';
import { type BuiltBot, environmentOf } from './bot-environment.ts';
import { built } from './built.ts';

const botOf = (program: string, more: Readonly<Record<string, string>> = {}): BuiltBot => ({
  instance: async ({ simulator, databaseUrl, environment = {}, whenDone = onTestFinished }) => {
    const folder = aFolder(whenDone);
    const logFile = join(folder, 'bot.log');
    const port = await freePort(0);
    const url = `http://127.0.0.1:${port}`;
    let service: Service | undefined;
    const kill = async (): Promise<void> => service?.kill();
    whenDone(kill);
    return {
      url,
      start: async () => {
        service = await startService({
          name: 'The bot',
          args: [built(program)],
          environment: { ...environmentOf({ simulator, databaseUrl, environment, port }), ...more },
          folder,
          logFile,
          readyUrl: `${url}/healthz`,
        });
      },
      kill,
      printed: () => readFileSync(logFile, 'utf8'),
    };
  },
  failedStart: async (environment) => {
    const child = spawn(process.execPath, [built(program)], { cwd: aFolder(), env: environment });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'exit');
    const said = await Promise.all([text(child.stdout), text(child.stderr)]);
    await ended;
    return { exitCode: child.exitCode, printed: said.join('') };
  },
});

export const builtBot = botOf('main.js');

/** Between two polls of `quickBot`. */
export const pollMs = 1000;

/** For stories that take many polls. */
export const quickBot = botOf('test/quick-bot.js', { QUICK_POLL_SECONDS: `${pollMs / 1000}` });
