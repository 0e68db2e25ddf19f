import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readEnvironmentFile } from '../config/files.ts';
import { errnoOf } from '../platform/errors.ts';
import { createLogger, quietConsole } from '../platform/log.ts';
import { asksForHelp } from './asks-for-help.ts';
import { asJson, asTable } from './doctor/finding.ts';
import { look } from './doctor/inspect.ts';

const usage = `npm run doctor [-- --audit] [--json]: checks settings, database, key and credentials.
  --audit  also verifies the chain of the audit log
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

const wishes = () => {
  try {
    return parseArgs({ options: { audit: { type: 'boolean' }, json: { type: 'boolean' } } }).values;
  } catch {
    return undefined;
  }
};

const wished = wishes();
if (asksForHelp(process.argv.slice(2))) {
  process.stderr.write(`${usage}\n`);
} else if (wished === undefined) {
  process.stderr.write(`${usage}\n`);
  process.exitCode = 2;
} else {
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
    audit: wished.audit === true,
  });
  const text = wished.json === true ? asJson(findings) : asTable(findings);
  // What was given up at its deadline may still keep the process alive.
  process.stdout.write(`${text}\n`, () => process.exit(findings.every(({ ok }) => ok) ? 0 : 1));
}
