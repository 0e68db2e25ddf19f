import { describe, expect, it } from 'vitest';
import { createRoles } from '../../../src/features/access/roles.ts';
import type { Grant } from '../../../src/features/access/store.ts';
import { AppError } from '../../../src/platform/errors.ts';
import type { Role } from '../../../src/shared/role.ts';
import { startBot } from '../../fakes/bot.ts';
import { executesOf, wordsOf } from '../../fakes/card-actions.ts';
import { fakeClock } from '../../fakes/clock.ts';
import { silentLog } from '../../fakes/silent-log.ts';

const megan = { id: '29:megan', name: 'Megan Bowen', aadObjectId: 'megan-id' };
const mention = { type: 'mention', text: '<at>Megan Bowen</at>', mentioned: megan };
const hers = { conversation: { id: 'a:personal-megan', conversationType: 'personal' } } as const;

/** Megan as a bare mention, the way Teams sends it: her object id comes from the roster. */
const mentioned = { entities: [{ ...mention, mentioned: { id: megan.id, name: megan.name } }] };

const started = async (environment: Readonly<Record<string, string>> = {}) => {
  const bot = await startBot({ environment: { DEFAULT_ROLE: 'viewer', ...environment } });
  bot.connector.member(megan.id, { aadObjectId: megan.aadObjectId, name: megan.name });
  return { ...bot, megan: bot.user({ person: megan, ...hers }) };
};

describe('grant, revoke, roles', () => {
  it('gives a role to who is mentioned, at once, and takes it back', async () => {
    const bot = await started();
    expect(wordsOf((await bot.megan.say('pause lax / crm')).card)).toContain('Not allowed');
    const { card } = await bot.alex.say('grant <at>Megan Bowen</at> operator', mentioned);
    expect(wordsOf(card)).toContain('Megan Bowen · viewer → operator');
    await bot.megan.say('pause lax / crm');
    expect(bot.changes()).toHaveLength(1);
    expect(wordsOf((await bot.alex.say('roles')).card)).toMatch(
      /Megan Bowen\noperator · megan-id/u,
    );
    await bot.alex.say('revoke <at>Megan Bowen</at>', mentioned);
    expect(wordsOf((await bot.megan.say('resume lax / crm')).card)).toContain('Not allowed');
    expect(bot.changes()).toHaveLength(1);
    const again = await bot.alex.say('revoke <at>Megan Bowen</at>', mentioned);
    expect(wordsOf(again.card)).toContain('Nothing was granted');
  });

  it('takes an object id in place of a mention, in either case', async () => {
    const bot = await started();
    bot.connector.member('MEGAN-ID', { aadObjectId: 'megan-id' });
    await bot.alex.say('grant MEGAN-ID admin');
    expect(wordsOf((await bot.megan.say('whoami')).card)).toContain('Admin');
  });

  it('checks at the click, not when the card was drawn', async () => {
    const bot = await started();
    await bot.alex.say('grant megan-id operator');
    const { card } = await bot.megan.say('agent lax');
    await bot.alex.say('revoke megan-id');
    const refused = await bot.megan.press(card, 'session.pause');
    expect(wordsOf(refused.card)).toContain('Not allowed');
    expect(bot.changes()).toEqual([]);
  });

  it('lowers the default', async () => {
    const bot = await started({ DEFAULT_ROLE: 'operator' });
    await bot.alex.say('grant megan-id viewer');
    expect(wordsOf((await bot.megan.say('pause lax')).card)).toContain('Not allowed');
  });

  it.each([
    ['grant', 'Type it like this'],
    ['grant megan-id', 'Type it like this'],
    ['grant megan-id king', 'Type it like this'],
    ['grant @Megan Bowen operator', 'Type it like this'],
    ['grant one two three operator', 'Type it like this'],
    ['grant megan-id “operator” please', 'Type it like this'],
    ['revoke', 'Type it like this'],
    ['grant alex-object-id viewer', 'BOT_ADMINS'],
    ['revoke ALEX-object-id', 'BOT_ADMINS'],
  ])('says why “%s” changes nothing', async (text, why) => {
    const bot = await started();
    expect(wordsOf((await bot.alex.say(text)).card)).toContain(why);
    expect(wordsOf((await bot.alex.say('roles')).card)).toContain('0 grants');
  });

  it('takes one person at a time', async () => {
    const bot = await started();
    const two = [mention, { ...mention, mentioned: { id: '29:adele', name: 'Adele' } }];
    const { card } = await bot.alex.say('grant <at>Megan Bowen</at> operator', { entities: two });
    expect(wordsOf(card)).toContain('One person at a time');
  });

  it('makes no guest more than a viewer, and says when nobody can tell who is meant', async () => {
    const bot = await started();
    bot.connector.member(megan.id, { aadObjectId: megan.aadObjectId, userRole: 'guest' });
    const { card } = await bot.alex.say('grant <at>Megan Bowen</at> operator', mentioned);
    expect(wordsOf(card)).toContain('never more than a viewer');
    bot.connector.member(megan.id, undefined);
    const gone = await bot.alex.say('grant <at>Megan Bowen</at> operator', mentioned);
    expect(wordsOf(gone.card)).toContain('Type the Entra object id instead');
  });

  it.each(['grant foo admin', 'grant a@b.example operator', 'grant foo none', 'revoke foo'])(
    'B6: “%s” is refused where the roster does not know whom',
    async (text) => {
      const bot = await started();
      for (const id of ['foo', 'a@b.example']) bot.connector.member(id, undefined);
      const { card } = await bot.alex.say(text);
      expect(wordsOf(card)).toContain('Teams does not know who');
      expect(wordsOf((await bot.alex.say('roles')).card)).toContain('0 grants');
    },
  );

  it('B6: takes an address that the roster knows, and an object id in whatever chat', async () => {
    const bot = await started();
    bot.connector.member('megan@acme.example', { aadObjectId: 'megan-id', name: 'Megan Bowen' });
    await bot.alex.say('grant megan@acme.example operator');
    expect(wordsOf((await bot.megan.say('whoami')).card)).toContain('Operator');
    // Its roster would be an address that nobody signs in with.
    bot.connector.member('x@acme.example', { aadObjectId: 'x@acme.example' });
    expect(wordsOf((await bot.alex.say('grant x@acme.example operator')).card)).toContain(
      'Teams does not know who',
    );
    const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
    bot.connector.member(id, undefined);
    await bot.alex.say(`grant ${id} viewer`);
    expect(wordsOf((await bot.alex.say('roles')).card)).toContain(id);
  });

  it('G13: gives the role none, and takes everything but “whoami” with it', async () => {
    const bot = await started({ DEFAULT_ROLE: 'operator' });
    await bot.alex.say('grant <at>Megan Bowen</at> none', mentioned);
    expect(wordsOf((await bot.megan.say('whoami')).card)).toContain('No role');
    const { card } = await bot.megan.say('agents');
    expect(wordsOf(card)).toContain('can give you one; until then only “whoami” works');
    expect(executesOf(card)).toEqual([]);
    const pressed = await bot.megan.execute({ verb: 'agents.page', data: { filter: '', page: 1 } });
    expect(wordsOf(pressed.card)).toContain('until then only “whoami” works');
    expect(executesOf(pressed.card)).toEqual([]);
  });

  it.each(['viewer', 'operator'])('G13: tells a guest the truth by default %s', async (role) => {
    const bot = await started({ DEFAULT_ROLE: role });
    bot.connector.member(megan.id, { aadObjectId: megan.aadObjectId, userRole: 'guest' });
    expect(wordsOf((await bot.megan.say('whoami')).card)).toContain('never more than a viewer');
    const { card } = await bot.megan.say('pause lax');
    expect(wordsOf(card)).toContain('a guest is never more than a viewer');
    expect(wordsOf(card)).not.toContain('dministrator');
    expect(bot.changes()).toEqual([]);
  });

  it.each(['grant megan-id admin', 'revoke megan-id', 'roles'])(
    'keeps “%s” for admins',
    async (text) => {
      const bot = await started({ DEFAULT_ROLE: 'operator' });
      expect(wordsOf((await bot.megan.say(text)).card)).toContain('Not allowed');
      expect(wordsOf((await bot.megan.say('whoami')).card)).not.toContain('Admin');
    },
  );
});

describe('the role of a person', () => {
  const aGrant = (role: Role): Grant => ({
    tenantId: 't',
    personId: 'megan',
    personName: '',
    role,
    by: { id: 'alex', name: 'Alex' },
    at: 0,
  });
  const start = (defaultRole: Role = 'operator') => {
    const clock = fakeClock();
    const state: { grants: readonly Grant[]; down: boolean; reads: number } = {
      grants: [],
      down: false,
      reads: 0,
    };
    const list = async () => {
      state.reads += 1;
      if (state.down) throw new AppError('store-down', 'down');
      return state.grants;
    };
    const rules = { admins: new Set(['alex']), defaultRole };
    return { clock, state, roles: createRoles({ grants: { list }, rules, clock, log: silentLog }) };
  };

  it('is read once in ten seconds for a whole tenant, whoever asks at once', async () => {
    const { clock, state, roles } = start();
    await Promise.all([roles.of('a', 't', 'megan'), roles.of('a', 'T', 'adele')]);
    expect(state.reads).toBe(1);
    await clock.advance(10_000);
    await roles.of('a', 't', 'megan');
    expect(state.reads).toBe(2);
  });

  it('is what was granted last while the store is down, for an hour', async () => {
    const { clock, state, roles } = start();
    state.grants = [aGrant('admin')];
    expect(await roles.of('a', 't', 'megan')).toEqual({ role: 'admin' });
    state.down = true;
    await clock.advance(3_599_000);
    expect(await roles.of('a', 't', 'megan')).toEqual({ role: 'admin' });
    expect(await roles.of('a', 't', 'adele')).toEqual({ role: 'operator' });
    await clock.advance(1000);
    expect(await roles.of('a', 't', 'megan')).toEqual({ role: 'viewer', uncertain: true });
  });

  it.each<readonly [Role, Role]>([
    ['operator', 'viewer'],
    ['viewer', 'viewer'],
    ['none', 'none'],
  ])('is for a default of %s no more than %s when grants were never read', async (given, role) => {
    const { state, roles } = start(given);
    state.down = true;
    expect(await roles.of('a', 't', 'megan')).toEqual({ role, uncertain: true });
    expect(await roles.of('a', 't', 'ALEX')).toEqual({ role: 'admin' });
  });

  it('keeps nothing that was read before it was forgotten', async () => {
    const { state, roles } = start();
    const early = roles.of('a', 't', 'megan');
    state.grants = [aGrant('admin')];
    roles.forget('a', 't');
    expect(await early).toEqual({ role: 'operator' });
    expect(await roles.of('a', 't', 'megan')).toEqual({ role: 'admin' });
  });
});
