import { readFileSync } from 'node:fs';
import { readEnvironmentFile } from '../config/files.ts';
import { errnoOf } from '../platform/errors.ts';
import { createLogger, quietConsole } from '../platform/log.ts';
import { asJson, asTable } from './doctor/finding.ts';
import { look } from './doctor/inspect.ts';
import { programArguments } from './program-arguments.ts';

const usage = `npm run doctor [-- --audit] [--all] [--json]: checks settings, database, key and credentials.
  --audit  also verifies the chain of the audit log
  --all    a line for each check, also where there are faults
  --json   prints the findings as JSON`;

const project = (path: string): URL => new URL(`../../${path}`, import.meta.url);

const readProjectFile = (path: string): Buffer | undefined => {
  try {
    return readFileSync(project(path));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const called = programArguments(usage, {
  audit: { type: 'boolean' },
  json: { type: 'boolean' },
  all: { type: 'boolean' },
});
if (called !== undefined) {
  const { audit = false, json = false, all = false } = called.values;
  // What the libraries print is nobody's finding.
  quietConsole(
    console,
    createLogger('error', () => {}),
  );
  const findings = await look({
    // First, since it adds to the environment.
    environmentFile: readEnvironmentFile(project('.env')),
    environ: process.env,
    read: readProjectFile,
    audit,
  });
  const text = json ? asJson(findings) : asTable(findings, { all });
  // What was given up at its deadline may still keep the process alive.
  process.stdout.write(`${text}\n`, () => process.exit(findings.every(({ ok }) => ok) ? 0 : 1));
}
