import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ServicePlan {
  /** As people know it. */
  readonly name: string;
  /** For Node: flags, script and its arguments. */
  readonly args: readonly string[];
  /** Nothing else of this process's environment reaches the service, save what Node needs to run. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly logFile: string;
  /** Answers 200 once the service serves. */
  readonly readyUrl: string;
}

export interface Service {
  /** Fulfils with what is to be said when the service ends without having been stopped. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
  /** Ends it at once, as a crash or a power cut would. */
  kill(): Promise<void>;
}

const startWithinMs = 30_000;
const askEveryMs = 50;
/** A little more than the bot allows itself for finishing its turns. */
const stopWithinMs = 12_000;

/** Runs a Node program as a child until it is stopped; rejects when it does not come up. */
export const startService = async (plan: ServicePlan): Promise<Service> => {
  const log = openSync(plan.logFile, 'a');
  const child = spawn(process.execPath, plan.args, {
    cwd: plan.folder,
    env: { ...neededByNode(), ...plan.environment },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const exited = once(child, 'exit');
  let stopping = false;

  const stop = async (): Promise<void> => {
    stopping = true;
    if (hasEnded(child)) return;
    child.kill('SIGTERM');
    const deadline = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    await exited;
    clearTimeout(deadline);
  };

  const kill = async (): Promise<void> => {
    stopping = true;
    if (hasEnded(child)) return;
    child.kill('SIGKILL');
    await exited;
  };

  const died = exited.then(
    async () => (stopping ? new Promise<never>(() => undefined) : obituary(plan)),
    () => `${plan.name} could not be started.`,
  );
  if (!(await answers(plan.readyUrl, () => hasEnded(child)))) {
    const why = hasEnded(child)
      ? await died
      : `${plan.name} did not answer within ${startWithinMs / 1000} s.`;
    await stop();
    throw new Error(why);
  }
  return { died, stop, kill };
};

const neededByNode = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ['PATH', 'HOME', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

const answers = async (url: string, hopeless: () => boolean): Promise<boolean> => {
  const deadline = performance.now() + startWithinMs;
  while (performance.now() < deadline && !hopeless()) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return true;
    await sleep(askEveryMs);
  }
  return false;
};

const lastLines = 15;

const obituary = async ({ name, logFile }: ServicePlan): Promise<string> => {
  const log = await readFile(logFile, 'utf8');
  return `${name} has ended by itself. It said last:\n${log.trimEnd().split('\n').slice(-lastLines).join('\n')}`;
};
