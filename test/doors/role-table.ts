import { accountMark } from '../../src/ui/of-account.ts';
import type { Scene, Shown } from './scene.ts';

type Least = 'none' | 'viewer' | 'operator' | 'admin';
type Data = Readonly<Record<string, unknown>>;

/** One thing to ask for, and the least role that may, as the contract has it. */
export interface Row {
  readonly ask: string;
  /** In a 1:1 chat. */
  readonly personal: Least;
  /** In group chats and channels. */
  readonly shared: Least;
  run(scene: Scene): Promise<Shown>;
  /** Stands on the card of whoever may: the thing was there, and it was done. */
  readonly shows: RegExp;
}

type Text = string | ((scene: Scene) => string);
type Asked = readonly [Least, Least];

const everyone: Asked = ['none', 'none'];
/** "`viewer` reads" */
const reading: Asked = ['viewer', 'viewer'];
/** "… and watches in their own 1:1 chat; `operator` also … manages watches in channels" */
const watching: Asked = ['viewer', 'operator'];
/** "`use <account>` (operators; in 1:1 everybody)" */
const choosing: Asked = ['none', 'operator'];
/** "`operator` also pauses, resumes, renames, reconnects, acks, mutes" */
const operating: Asked = ['operator', 'operator'];
/** "`admin` also creates, deletes, grants and reads the audit of others" */
const administering: Asked = ['admin', 'admin'];

const command = (
  ask: string,
  [personal, shared]: Asked,
  shows: RegExp,
  text: Text | ((scene: Scene) => Promise<string>) = ask,
): Row => ({
  ask,
  personal,
  shared,
  shows,
  run: async (scene) => scene.say(typeof text === 'string' ? text : await text(scene)),
});

const verb = (
  ask: string,
  [personal, shared]: Asked,
  shows: RegExp,
  data: Data | ((scene: Scene) => Data | Promise<Data>),
): Row => ({
  ask,
  personal,
  shared,
  shows,
  run: async (scene) =>
    scene.press(ask.split(' ')[0] ?? ask, typeof data === 'function' ? await data(scene) : data),
});

const search = (ask: string, invoke: string, value: (scene: Scene) => unknown): Row => ({
  ask,
  personal: 'viewer',
  shared: 'viewer',
  shows: /^found/u,
  run: async (scene) => {
    const found = await scene.search(invoke, value(scene));
    return { card: {}, verbs: [], words: found > 0 ? 'found' : 'Not allowed' };
  },
});

const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const mentioned = '<at>Root</at>';
const rule = { bound: 'below', below: '77', offline: 'false', after: '10m' };
const newAgent = { name: 'New One', target1: 'example.com' };

const nights = { days: [1, 2], from: '22:00', to: '06:00' };
/** What a button on the list carries; where nobody may make a schedule there is none. */
const schedulePress =
  (name: 'schedule.skip' | 'schedule.unskip' | 'schedule.end') =>
  (scene: Scene): Promise<Data> =>
    scene
      .carried(['command.run', { command: 'schedules' }], name)
      .catch(() => ({ schedule: 'made-up', from: 1 }));

/** In an order in which each finds what it asks for. */
export const rows: readonly Row[] = [
  command('help', everyone, /whoami/u),
  command('whoami', everyone, /tenant-1/u),
  command('my connection', everyone, /no computer of yours/u),
  command(
    'fit for calls [at <time>]',
    everyone,
    /no computer of yours/u,
    () => 'fit for calls at 14:00',
  ),
  command('notify me', everyone, /no computer of yours/u),
  command('notify me off', everyone, /were not notified/u),
  command('agents', reading, /Fleet/u),
  command('agent <name>', reading, /crm/u, ({ host }) => `agent ${host}`),
  command(
    'history <agent> [/ <target>] [24h | 7d | 30d]',
    reading,
    /History/u,
    ({ host }) => `history ${host}`,
  ),
  command('top poor | flapping | offline', reading, /Poor for the longest/u, 'top poor'),
  command(
    'compare <agent> with <agent>',
    reading,
    /Compared/u,
    ({ host }) => `compare ${host} with ${host}`,
  ),
  command(
    'evidence <agent> / <target>',
    reading,
    /Evidence/u,
    ({ host }) => `evidence ${host} / crm`,
  ),
  command('why <agent>', reading, /healthy|Likely|No clear cause/u, ({ host }) => `why ${host}`),
  command('fields', reading, /fields/iu),
  command('templates', reading, /template/iu),
  command('deleted', reading, /deleted/iu),
  command('inventory', reading, /Inventory/u),
  verb('agents.machines', reading, /No machine has more/u, {}),
  command('health', reading, /PingPlotter/u),
  command('watches', reading, /watch/u),
  command('hours <agent>', reading, /Hours of/u, ({ host }) => `hours ${host}`),
  command('maintenance', reading, /Maintenance/u),
  command('digest', reading, /digest/iu),
  command('audit', reading, /Audit/u),
  command('audit <agent>', reading, /Audit/u, ({ host }) => `audit ${host}`),
  {
    ...command('audit @person', administering, /Audit/u),
    run: (scene) =>
      scene.say(`audit ${mentioned}`, {
        entities: [
          { type: 'mention', text: mentioned, mentioned: { id: '29:root', name: 'Root' } },
        ],
      }),
  },
  search('typeahead', 'application/search', ({ host }) => ({
    queryText: host,
    dataset: 'agents',
    queryOptions: { skip: 0, top: 15 },
  })),
  search('message extension', 'composeExtension/query', ({ host }) => ({
    commandId: 'agents',
    parameters: [{ name: 'query', value: host }],
    queryOptions: { skip: 0, count: 10 },
  })),

  search('a pasted link', 'composeExtension/queryLink', ({ host }) => ({
    url: `https://share.pingplotter.cloud/${host}`,
  })),
  search('the message action', 'composeExtension/fetchTask', ({ host }) => ({
    commandId: 'lookUpAgents',
    messagePayload: { body: { contentType: 'html', content: `<p>${host} is slow</p>` } },
  })),

  verb('connection.notify', everyone, /no computer of yours/u, { on: true }),
  verb('connection.fit', everyone, /not yours/u, ({ host }) => ({ own: host, at: 1 })),
  verb('connection.show', everyone, /not yours/u, ({ host }) => ({ own: host })),
  verb('alert.show', reading, /sick-/u, ({ alert }) => ({ alert: alert().id })),
  verb('alert.verdict', reading, /sick-/u, ({ alert }) => ({ alert: alert().id, says: 'right' })),
  verb('alert.ack', operating, /cknowledged by/u, ({ alert }) => ({ alert: alert().id })),
  verb('alert.mute', operating, /uted/u, ({ alert }) => ({ alert: alert().id, for: '1h' })),
  command('alerts', reading, /Alerts here/u),
  verb('watches.suppressed', reading, /Held back here/u, { page: 1 }),
  verb('alerts.page', reading, /Alerts here/u, { asked: '', page: 1 }),
  verb('alerts.ack', operating, /Alerts here/u, ({ alert }) => ({ alerts: `${alert().number}` })),
  verb('alerts.mute', operating, /Alerts here/u, ({ alert }) => ({ alerts: `${alert().number}` })),
  verb('alert.unmute', operating, /sick-/u, async ({ alert, muteSick }) => {
    await muteSick();
    return { alert: alert().id };
  }),
  verb('alert.unack', operating, /sick-/u, ({ alert }) => ({ alert: alert().id })),
  verb('alert.note (form)', operating, /Note on/u, ({ alert }) => ({ alert: alert().id })),
  verb('alert.note', operating, /noted-here/u, ({ alert }) => ({
    alert: alert().id,
    text: 'noted-here',
  })),
  command('alerts csv', reading, /Alerts here as CSV/u),
  command(
    'note <number> <text>',
    operating,
    /noted/u,
    ({ alert }) => `note ${alert().number} on it`,
  ),
  {
    ...command('assign <number> to @person', operating, /assigned to/u),
    run: (scene) =>
      scene.say(`assign ${scene.alert().number} to ${mentioned}`, {
        entities: [
          { type: 'mention', text: mentioned, mentioned: { id: '29:root', name: 'Root' } },
        ],
      }),
  },
  command(
    'unack <number>',
    operating,
    /given back|not acknowledged/u,
    ({ alert }) => `unack ${alert().number}`,
  ),
  command('ack <number>', operating, /cknowledged by/u, ({ alert }) => `ack ${alert().number}`),

  command('pause <agent>', operating, /paused/iu, ({ host }) => `pause ${host}`),
  command('resume <agent>', operating, /resumed|measures/iu, ({ host }) => `resume ${host}`),
  command('reconnect <agent>', operating, /reconnect/iu, ({ host }) => `reconnect ${host}`),
  command(
    'rename <agent> to <new name>',
    operating,
    /renamed/iu,
    ({ host }) => `rename ${host} to ${host}-2`,
  ),
  command('schedules', reading, /Schedules here/u),
  command(
    'pause <agent> daily 22:00-06:00',
    operating,
    /is set/u,
    ({ host }) => `pause ${host} daily 22:00-06:00`,
  ),
  // Where nobody may make one there is none to end.
  command('unschedule <number>', operating, /has ended/u, 'unschedule 1'),
  command(
    'reconnect where <filter>',
    operating,
    /Reconnect 1 agent/u,
    ({ doomed }) => `reconnect where name:${doomed}`,
  ),
  command(
    'delete where <filter>',
    administering,
    /Delete 1 agent/u,
    ({ doomed }) => `delete where name:${doomed}`,
  ),
  command('jobs', reading, /Bulk jobs here/u),
  verb('bulk.choose', operating, /Act on/u, { list: { filter: 'is:online' } }),
  verb('bulk.plan', operating, /Tick at least one/u, { list: { filter: '' }, act: 'pause' }),
  ...(
    [
      ['bulk.show', reading, /Reconnect 1 agent\?/u],
      ['bulk.retry', operating, /Nothing is left/u],
      ['bulk.undo', operating, /nothing of yours/u],
      ['bulk.cancel', operating, /Nothing was changed/u],
      ['bulk.start', operating, /Reconnecting 1 agent/u],
    ] as const
  ).map(([ask, who, shows]) =>
    verb(ask, who, shows, async ({ preview }) => ({ job: await preview() })),
  ),
  command('undo', operating, /back/u),
  command('mute <agent> for <duration>', operating, /uted/u, ({ host }) => `mute ${host} for 1h`),
  command('unmute <agent>', operating, /no longer muted/u, async ({ host, mute }) => {
    await mute();
    return `unmute ${host}`;
  }),
  command('hours <agent> always', operating, /set/u, ({ host }) => `hours ${host} always`),
  command(
    'maintenance <filter> from <time> to <time>',
    operating,
    /maintenance/iu,
    ({ host }) => `maintenance ${host} from ${tomorrow} 08:00 to ${tomorrow} 09:00`,
  ),
  verb('maintenance.plan', operating, /maintenance/iu, ({ host }) => ({
    filter: host,
    to: `${tomorrow} 08:00`,
  })),
  command('maintenance off', operating, /2 windows/u),
  // Where nobody may plan a window there is none to end.
  verb('maintenance.end', operating, /ended/iu, (scene) =>
    scene
      .carried(['command.run', { command: 'maintenance' }], 'maintenance.end')
      .catch(() => ({ windows: ['made-up'] })),
  ),
  command('save filter <name> = <filter>', watching, /@mine/u, 'save filter mine = is:poor'),
  command('filters', reading, /Saved filters/u),
  verb('filter.show', reading, /Fleet/u, async ({ filter }) => ({ filter: await filter() })),
  verb('filter.forget', watching, /forgotten/u, async ({ filter }) => ({ filter: await filter() })),
  command('forget filter <name>', watching, /forgotten/u, async ({ filter }) => {
    await filter();
    return 'forget filter theirs';
  }),
  command('create <name>', administering, /New One/u, 'create New One'),
  command('delete <agent>', administering, /doomed-/u, ({ doomed }) => `delete ${doomed}`),

  command('watch <filter>', watching, /Watching/u, ({ host }) => `watch ${host} below 10`),
  command('watch changes', watching, /Watching/u),
  command(
    'unwatch <number>',
    watching,
    /has ended/u,
    async ({ watch }) => `unwatch ${(await watch()).number}`,
  ),
  command('digest daily at 08:00', watching, /daily/u),
  command('digest now', watching, /on its way/u),
  command('digest off', watching, /digest/iu),

  command(
    'grant @person <role>',
    administering,
    /The role/u,
    ({ host }) => `grant friend-of-${host} viewer`,
  ),
  command('revoke @person', administering, /The role/u, ({ host }) => `revoke friend-of-${host}`),
  command('roles', administering, /BOT_ADMINS/u),
  command('accounts', reading, /Here: default/u),
  command('use <account>', choosing, /Already at/u, 'use default'),

  verb('agents.page', reading, /Fleet/u, {}),
  verb('agent.show', reading, /crm/u, ({ host }) => ({ agent: host })),
  verb('history.show', reading, /History/u, ({ host }) => ({ agent: host, span: '24h' })),
  verb('history.top', reading, /Poor for the longest/u, { kind: 'poor', span: '24h' }),
  verb('history.compare', reading, /Compared/u, ({ host }) => ({
    agent: host,
    other: host,
    span: '24h',
  })),
  verb('evidence.show', reading, /Evidence/u, ({ host }) => ({
    agent: host,
    session: 'crm-1',
    span: '24h',
  })),
  verb('evidence.csv', reading, /Buckets/u, ({ host }) => ({
    agent: host,
    session: 'crm-1',
    span: '24h',
  })),
  verb('evidence.share', operating, /LiveShare/u, ({ host }) => ({
    agent: host,
    session: 'crm-1',
    span: '24h',
  })),
  verb('diagnosis.show', reading, /healthy|Likely|No clear cause|is paused/u, ({ host }) => ({
    agent: host,
  })),
  verb('agent.pause', operating, /paused/iu, ({ host }) => ({ agent: host })),
  verb('agent.resume', operating, /resumed/iu, ({ host }) => ({ agent: host })),
  verb('session.pause', operating, /paused/iu, ({ host }) => ({ agent: host, session: 'crm-1' })),
  verb('session.resume', operating, /resumed/iu, ({ host }) => ({ agent: host, session: 'crm-1' })),
  verb('agent.reconnect', operating, /reconnect/iu, ({ host }) => ({ agent: host })),
  verb('agent.rename (form)', operating, /New name/iu, ({ host }) => ({ agent: host })),
  verb('agent.rename', operating, /renamed/iu, ({ host }) => ({ agent: host, name: `${host}-3` })),
  verb('change.undo', operating, /back/u, ({ host, carried }) =>
    carried(
      ['agent.rename', { agent: host.replace('host', 'spare'), name: 'Another name' }],
      'change.undo',
    ),
  ),
  verb('agent.watch (preview)', watching, /Not saved yet/u, ({ host }) => ({ agent: host })),
  verb('agent.watch', watching, /Watching/u, ({ host, carried }) =>
    carried(['agent.watch', { agent: host }], 'agent.watch'),
  ),
  verb('agent.mute', operating, /uted/u, ({ host }) => ({ agent: host, for: '1h' })),
  verb('hours.show', reading, /Hours of/u, ({ host }) => ({ agent: host })),
  verb('hours.set', operating, /set/u, ({ host }) => ({ agent: host, hours: 'always' })),
  verb('mute.end', operating, /no longer muted/u, async ({ host, mute }) => {
    await mute();
    return { agent: host };
  }),
  verb('schedule.create', operating, /is set/u, ({ host }) => ({
    ...nights,
    agent: host,
  })),
  verb('schedule.skip', operating, /skips/u, schedulePress('schedule.skip')),
  verb('schedule.unskip', operating, /does not skip/u, schedulePress('schedule.unskip')),
  verb('schedule.end', operating, /has ended/u, schedulePress('schedule.end')),
  // Nothing is left paused here.
  verb('schedule.resume', operating, /nothing of it is left/u, { schedule: 'made-up' }),
  verb('agent.create (form)', administering, /Name/u, {}),
  verb('agent.create', administering, /created|installer/iu, async ({ carried, host }) => ({
    ...(await carried(['agent.create', {}], 'agent.create')),
    ...newAgent,
    name: `made-by-${host}`,
  })),
  verb('agent.delete (form)', administering, /doomed-/u, ({ doomed }) => ({ agent: doomed })),
  verb('agent.delete', administering, /deleted/iu, async ({ carried, doomed }) => ({
    ...(await carried(['agent.delete', { agent: doomed }], 'agent.delete')),
    agent: doomed,
  })),

  verb('watch.create (form)', watching, /Agents|filter/iu, {}),
  verb('watch.create (preview)', watching, /Not saved yet/u, ({ host }) => ({
    ...rule,
    filter: host,
  })),
  verb('watch.create', watching, /Watching/u, async ({ host, carried }) => {
    const filledIn = { ...rule, filter: host };
    return { ...filledIn, ...(await carried(['watch.create', filledIn], 'watch.create')) };
  }),
  verb('watch.edit (form)', watching, /Agents|filter/iu, async ({ watch }) => ({
    watch: (await watch()).id,
  })),
  verb('watch.edit', watching, /77/u, async ({ watch, host, carried }) => {
    const filledIn = { ...rule, watch: (await watch()).id, filter: host };
    return { ...filledIn, ...(await carried(['watch.edit', filledIn], 'watch.edit')) };
  }),
  verb('watch.test', watching, /Watching|atch/u, async ({ watch }) => ({
    watch: (await watch()).id,
  })),
  verb('watch.end', watching, /has ended/u, async ({ watch }) => ({ watch: (await watch()).id })),
  verb('digest.set (daily)', watching, /daily/u, { when: 'daily at 08:00' }),
  verb('digest.set (off)', watching, /digest/iu, { when: 'off' }),
  verb('digest.set (now)', watching, /on its way/u, { when: 'now' }),

  verb('audit.page', reading, /Audit/u, { since: 0 }),
  verb('audit.page (of others)', administering, /Audit/u, { since: 0, by: 'root' }),
  verb('account.use', choosing, /Already at/u, { mark: accountMark('default') }),
  verb('command.run (help)', everyone, /whoami/u, { command: 'help' }),
  verb('command.run (agents)', reading, /Fleet/u, { command: 'agents' }),
  verb('command.run (undo)', operating, /nothing of yours|back/u, { command: 'undo' }),
  verb('command.run (roles)', administering, /BOT_ADMINS/u, { command: 'roles' }),
];
