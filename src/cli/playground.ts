import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { ServicePlan } from './child-process.ts';

const highestPort = 65_535;

/** The first port of the loopback interface, from this one on, on which nobody listens; 0 = any. */
export const freePort = async (from: number): Promise<number> => {
  const port = await tryListen(from);
  if (port !== undefined) return port;
  if (from >= highestPort) throw new Error('no port is free');
  return freePort(from + 1);
};

const tryListen = (port: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const got = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(got));
    });
  });

export const playgroundTenant = 'c3f0a1de-6a0b-4a51-9d4e-2f6f5b7e1a00';

const person = (number: number, givenName: string, surname: string) => {
  const address = `${givenName.toLowerCase()}.${surname.toLowerCase()}@example.com`;
  return {
    id: `person-${number}`,
    name: `${givenName} ${surname}`,
    givenName,
    surname,
    email: address,
    // The Playground spells it so.
    userPrincipleName: address,
    aadObjectId: `c3f0a1de-6a0b-4a51-9d4e-2f6f5b7e1a1${number}`,
  };
};

/** Who types in the Playground. */
export const playgroundPerson = person(0, 'Alex', 'Wilber');

/** Its file checks the form: exactly five other people, and one channel beside General. */
const people = {
  version: '0.1.1',
  tenantId: playgroundTenant,
  bot: { id: '28:c3f0a1de-6a0b-4a51-9d4e-2f6f5b7e1a20', name: 'PingPlotter' },
  currentUser: playgroundPerson,
  users: [
    person(1, 'Megan', 'Bowen'),
    person(2, 'Adele', 'Vance'),
    person(3, 'Isaiah', 'Langer'),
    person(4, 'Patti', 'Fernandez'),
    person(5, 'Lynne', 'Robbins'),
  ],
  personalChat: { id: 'chat-alex' },
  groupChat: { id: 'chat-operations', name: 'Operations' },
  team: {
    id: 'team-it',
    name: 'IT',
    aadGroupId: 'c3f0a1de-6a0b-4a51-9d4e-2f6f5b7e1a30',
    channels: [{ id: 'channel-alerts', name: 'Alerts' }],
  },
};

/** Where somebody can talk to the bot; a team's first channel goes by the team's own id. */
export const playgroundConversations: readonly string[] = [
  people.personalChat.id,
  people.groupChat.id,
  people.team.id,
  ...people.team.channels.map(({ id }) => id),
];

/** The Playground listens on all interfaces, where anyone nearby could press its buttons. */
const onLoopbackOnly = `data:text/javascript,${encodeURIComponent(`
import { Server } from 'node:net';
const { listen } = Server.prototype;
Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, port, '127.0.0.1', ...rest);
};
`)}`;

/** Microsoft 365 Agents Playground on this port, talking to the bot at this URL. */
export const playgroundPlan = async (
  port: number,
  botUrl: string,
  folder: string,
): Promise<ServicePlan & { readonly page: string }> => {
  const page = `http://127.0.0.1:${port}`;
  const config = join(folder, 'm365agentsplayground.yml');
  // JSON is YAML.
  await writeFile(config, JSON.stringify(people, undefined, 2));
  return {
    name: 'The Agents Playground',
    page,
    args: [
      '--import',
      onLoopbackOnly,
      createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js'),
      'start',
      '--port',
      String(port),
      '--app-endpoint',
      `${botUrl}/api/messages`,
      '--service-url',
      `${page}/_connector`,
      '--disable-telemetry',
    ],
    environment: {
      TEAMSAPPTESTER_BROWSER: 'none',
      SEND_INSTALLATION_ACTIVITY: 'true',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: config,
      M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, 'playground-traffic.log'),
    },
    folder,
    logFile: join(folder, 'playground.log'),
    readyUrl: page,
  };
};
