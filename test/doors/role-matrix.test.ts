import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { commandCalled } from '../../src/chat/define-command.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { actions, commands } from '../../src/registry.ts';
import { openStore } from '../../src/store/open.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aDatabase } from '../store/a-database.ts';
import { forSuite } from '../store/a-folder.ts';
import { patientBotHere } from './bot-here.ts';
import { type GuardedBot, startGuarded, webhookSecret } from './guarded-bot.ts';
import { type Row, rows } from './role-table.ts';
import {
  agentsOfScenes,
  listedAdmins,
  type Place,
  places,
  type Scene,
  type Shown,
  setScene,
  type Who,
  whos,
} from './scene.ts';

const { whenDone, finish } = forSuite();
let bot: GuardedBot;
let databaseUrl: string;
let scenes: readonly Scene[];
/** By what was asked for, then by who asked where. */
const outcomes = new Map<string, Map<string, string>>();

const ranks = ['none', 'viewer', 'operator', 'admin'];
const roleOf = (who: Who) => (who === 'guest' ? 'viewer' : who);
const rankOf = (who: Who): number => ranks.indexOf(roleOf(who));
const leastOf = ({ personal, shared }: Row, place: Place): number =>
  ranks.indexOf(place === 'personal' ? personal : shared);

/** Anything else than the two is an answer that nobody should get here: its words then. */
const outcomeOf = ({ words }: Shown, { shows }: Row): string =>
  /^Not allowed|needs the role \w+; yours is/mu.test(words)
    ? 'refused'
    : shows.test(words)
      ? 'done'
      : words.slice(0, 80);

const play = async (scene: Scene): Promise<void> => {
  for (const row of rows) {
    const seen = await row.run(scene);
    outcomes.get(row.ask)?.set(`${scene.who} ${scene.place}`, outcomeOf(seen, row));
  }
};

beforeAll(async () => {
  databaseUrl = await aDatabase(whenDone);
  bot = await startGuarded(patientBotHere, {
    whenDone,
    databaseUrl,
    agents: agentsOfScenes(),
    environment: {
      DEFAULT_ROLE: 'none',
      BOT_ADMINS: listedAdmins().join(','),
      POLL_SECONDS: '5',
      AGENT_OWNER_FIELD: 'Owner',
    },
  });
  scenes = await Promise.all(
    whos.flatMap((who) => places.map((place) => setScene(bot, who, place))),
  );
  await vi.waitFor(() => scenes.map(({ alert }) => alert()), { timeout: 60_000 });
  for (const { ask } of rows) outcomes.set(ask, new Map());
  await Promise.all(scenes.map(play));
}, 240_000);
afterAll(finish);

describe('who may do what', () => {
  it.each(rows.map((row) => [row.ask, row.personal, row.shared, row] as const))(
    '%s: %s in a 1:1 chat, %s elsewhere',
    (_ask, _personal, _shared, row) => {
      const expected = scenes.map(({ who, place }) => [
        `${who} ${place}`,
        rankOf(who) >= leastOf(row, place) ? 'done' : 'refused',
      ]);
      expect(Object.fromEntries(outcomes.get(row.ask) ?? [])).toEqual(Object.fromEntries(expected));
    },
  );

  it('is asked of every command and every verb', () => {
    const asked = new Set(rows.map(({ ask }) => ask.split(' ')[0]));
    const all = [...commands.map(({ name }) => name), ...Object.keys(actions)];
    expect(all.filter((name) => !asked.has(name))).toEqual([]);
  });
});

describe('who is refused', () => {
  it('has changed nothing at PingPlotter', () => {
    const theirs = scenes.filter(({ who }) => rankOf(who) < ranks.indexOf('operator'));
    const ids = theirs.flatMap(({ host, doomed }) => [host, doomed]);
    const touched = bot.changes().filter((change) => ids.some((id) => change.includes(id)));
    expect(theirs).toHaveLength(9);
    expect(touched).toEqual([]);
  });

  it('has neither ended nor changed a watch of somebody else', async () => {
    const theirs = scenes.filter(
      ({ who, place }) => who === 'none' || (place !== 'personal' && roleOf(who) === 'viewer'),
    );
    expect(theirs).toHaveLength(7);
    for (const scene of theirs) {
      const left = await scene.watchesLeft();
      expect(left, `${scene.who} ${scene.place}`).toHaveLength(scene.watchesMade);
      expect(left.filter((line) => line.includes('77'))).toEqual([]);
    }
  });

  it('stands in the audit log, whose chain is whole', async () => {
    const { audit, close } = await openStore({
      url: databaseUrl,
      clock: systemClock,
      log: silentLog,
    });
    onTestFinished(close);
    for (const { who, place, person } of scenes) {
      const query = { account: 'default', personId: person, limit: 1000 };
      const kept = (await audit.list(query)).filter(({ result }) => result === 'not-allowed');
      const refused = rows
        .filter((row) => rankOf(who) < leastOf(row, place))
        .map(({ ask }) => ask.split(' ')[0] ?? ask)
        .filter((name) => name in actions || commandCalled(commands, name) !== undefined)
        .filter((name) => name !== 'command.run');
      const audited = kept.map(({ action }) => action);
      expect(
        refused.filter((name) => !audited.includes(name)),
        `${who} ${place}`,
      ).toEqual([]);
    }
    expect(await audit.verify()).toMatchObject({ intact: true });
  });

  it('is shown no acting button in a 1:1 chat', () => {
    const acting = rows.filter(
      ({ ask, personal }) => ask in actions && ranks.indexOf(personal) > ranks.indexOf('viewer'),
    );
    const forbidden = (rank: number) =>
      acting.filter((row) => leastOf(row, 'personal') > rank).map(({ ask }) => ask);
    for (const { who, shown } of scenes.filter(({ place }) => place === 'personal')) {
      const offered = new Set(shown.flatMap((one) => one.verbs));
      expect(
        forbidden(rankOf(who)).filter((verb) => offered.has(verb)),
        who,
      ).toEqual([]);
    }
  });
});

/** Everything that went out of the bot but to PingPlotter, which is handed the key. */
const allSaid = async (): Promise<string> => {
  const pages = ['/metrics', '/readyz', '/healthz', '/nowhere'].map(async (path) =>
    (await fetch(`${bot.url}${path}`)).text(),
  );
  const { activities, updates, calls } = bot.connector;
  return [
    JSON.stringify({ activities, updates, paths: calls.map(({ path }) => path) }),
    ...scenes.flatMap(({ bodies }) => bodies),
    bot.printed(),
    ...(await Promise.all(pages)),
  ].join('\n');
};

it('says no secret in all of that: not in chat, the log, /metrics or /readyz', async () => {
  const said = await allSaid();
  const tokens = [bot.authorization.replace('Bearer ', ''), bot.identity.token];
  const secrets = [
    bot.simulator.key,
    webhookSecret,
    bot.identity.environment['IDENTITY_HEADER'] ?? '',
    // Only the parts of a token that are no other token's too.
    ...tokens.flatMap((token) => token.split('.').filter(({ length }) => length > 40)),
  ];
  expect(secrets.filter(({ length }) => length < 10)).toEqual([]);
  expect(said).toContain('host-admin-personal');
  expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
});

it('shows the link to an installer to an admin in a 1:1 chat, and nowhere else', async () => {
  const link = /downloads\.example\.com/u;
  const seen = scenes
    .filter(({ bodies }) => bodies.some((body) => link.test(body)))
    .map(({ who, place }) => `${who} ${place}`);
  expect(seen).toEqual(['admin personal']);
  const { activities, updates } = bot.connector;
  expect(JSON.stringify({ activities, updates }) + bot.printed()).not.toMatch(link);
});
