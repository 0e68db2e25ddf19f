import type { TextFiles } from '../../config/accounts-file.ts';
import { ConfigError, environmentVariables, loadConfig } from '../../config/environment.ts';
import type { Fault, PemFiles } from '../../config/identity.ts';
import type { Environ } from '../part-settings.ts';
import { type Finding, reportOn } from './finding.ts';

const { good, bad } = reportOn('settings');

interface SettingsPorts {
  readonly environ: Environ;
  readonly pemFiles: PemFiles;
  readonly textFiles: TextFiles;
}

const faultsOf = ({ environ, pemFiles, textFiles }: SettingsPorts): readonly Fault[] => {
  try {
    loadConfig(environ, pemFiles, textFiles);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

/** Each variable by its name, set or not; what it holds is never notified. */
export const checkSettings = (
  ports: SettingsPorts,
  environmentFile: 'read' | 'absent' | 'unreadable',
): readonly Finding[] => {
  const { environ } = ports;
  const faults = faultsOf(ports);
  const variables = environmentVariables.map((variable) => {
    const should = faults
      .filter((fault) => fault.variable === variable)
      .map((fault) =>
        fault.place === undefined ? fault.should : `${fault.should} (${fault.place})`,
      );
    const given = Boolean(environ[variable]?.trim());
    if (should.length === 0) return good(variable, given ? 'set' : 'not set, and need not be');
    return bad(
      variable,
      `${given ? 'wrong' : 'missing'}: should be ${should.join('; and ')}`,
      `${given ? 'Change' : 'Set'} it in the environment or in the file .env.`,
    );
  });
  return [file[environmentFile], ...variables];
};

const file: Readonly<Record<'read' | 'absent' | 'unreadable', Finding>> = {
  read: good('.env', 'read'),
  absent: good('.env', 'there is none: the environment alone counts'),
  unreadable: bad('.env', 'cannot be read', 'Let the user that runs the bot read it.'),
};
