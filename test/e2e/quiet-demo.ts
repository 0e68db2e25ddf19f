import { fileURLToPath } from 'node:url';
import { type Demo, type DemoOptions, startDemo } from '../../src/cli/start-demo.ts';

const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The demo of the built bot, on free ports, with a fleet that stands still. */
export const startQuietDemo = (options: Pick<DemoOptions, 'severalAccounts'> = {}): Promise<Demo> =>
  startDemo({
    botScript: root('dist/main.js'),
    environmentFile: root('.env'),
    ports: { simulator: 0, bot: 0, playground: 0 },
    ...options,
  });
