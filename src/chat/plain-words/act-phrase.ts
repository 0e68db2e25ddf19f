import { parseTime, typedMoment } from '../../shared/moment.ts';
import { parseDuration } from '../../shared/time.ts';
import type { TypedWhen } from '../../shared/typed-zone.ts';
import type { NamedAgent } from '../resolve-agent.ts';
import { filterText, readFilter } from './filter-phrase.ts';
import { commandOffer, type Meaning, type Offer, offers, type World } from './meaning.ts';
import { splitPhrase } from './phrases.ts';
import { namedBy, type Sentence } from './sentence.ts';

export type Act = 'pause' | 'resume' | 'reconnect' | 'delete' | 'mute' | 'unmute' | 'stop';

const verbs: readonly (readonly [RegExp, Act])[] = [
  [/^(?:stop|halt) (?:monitoring|pinging|measuring|tracing|testing|watching|checking)\b/u, 'pause'],
  [/^(?:pause|hold|suspend|freeze|disable|deactivate)\b/u, 'pause'],
  [/^(?:stop|halt)\b/u, 'stop'],
  [
    /^(?:resume|continue|start|restart|begin) (?:monitoring|pinging|measuring|tracing|testing)\b/u,
    'resume',
  ],
  [/^(?:resume|unpause|continue|start|unfreeze|enable|activate|un-pause)\b/u, 'resume'],
  [/^(?:reconnect|restart|reboot|reset|re-connect|bounce)\b/u, 'reconnect'],
  [/^(?:delete|remove|uninstall|get rid of|throw out)\b/u, 'delete'],
  [/^(?:unmute|unsilence|un-mute|unsnooze)\b/u, 'unmute'],
  [/^(?:mute|snooze|silence|hush|ignore)\b/u, 'mute'],
];

/** What a sentence would do, by its first words; and what follows them. */
export const actIn = (text: string): { readonly act: Act; readonly object: string } | undefined => {
  for (const [pattern, act] of verbs) {
    const found = pattern.exec(text);
    if (found !== null) return { act, object: text.slice(found[0].length).trim() };
  }
  return undefined;
};

export const everybody =
  /^(?:all|every|everything|everyone|everybody|anything)(?= |$)|^(?:the |those |these |any )?(?:\S+ )*(?:agents|ones|machines|devices|computers|pcs|laptops|users|people|sites|endpoints)(?= |$)/u;

/** One agent's, several agents' or many agents' change; each agent gets its own button. */
export const readAct = (sentence: Sentence, text: string, world: World): Meaning | undefined => {
  const found = actIn(text);
  if (found === undefined) return undefined;
  const { act } = found;
  const { text: object, timing } = splitPhrase(found.object);
  if (everybody.test(object)) return onMany(sentence, act, object, timing, world);
  const agents = agentsIn(sentence, object, world);
  if (agents === undefined)
    return act === 'mute' ? onMany(sentence, act, object, timing, world) : undefined;
  const [only, ...others] = agents;
  if (act === 'stop' && only !== undefined && others.length === 0 && timing === '')
    return { kind: 'pause-or-mute', agent: only };
  return offers(agents.flatMap((agent) => offersFor(act, agent, timing, world.when)));
};

const onMany = (
  sentence: Sentence,
  act: Act,
  object: string,
  timing: string,
  { fleet, when }: World,
): Meaning | undefined => {
  const found = readFilter(sentence, object, fleet);
  if (found.unknown.length > 0 || act === 'stop') return undefined;
  const filter = filterText(found);
  if (act === 'mute' && filter !== '') return muteWhere(filter, timing || hour, when);
  if (act === 'mute' || act === 'unmute') return filter === '' ? muteAll(act, timing) : undefined;
  if (act !== 'pause' && timing !== '') return undefined;
  const whom = filter === '' ? 'all' : `where ${filter}`;
  const rest = timing === '' ? whom : `${whom} ${timing}`;
  return { kind: 'many', command: { name: act, rest }, filter };
};

const muteAll = (act: 'mute' | 'unmute', timing: string): Meaning | undefined => {
  const rest = act === 'unmute' ? 'all' : `all ${timing || hour}`;
  if (timing.startsWith('until') && !plainTime.test(timing)) return undefined;
  if (act === 'unmute') return offers([commandOffer(act, rest, 'Unmute all here')]);
  const offer = commandOffer(act, rest, `Mute all here ${timing || hour}`);
  return offers([{ ...offer, silences: { agent: '' } }]);
};

/** As the button of a command carries it. */
const plainTime =
  /^until (?:(?:tomorrow|mon|tue|wed|thu|fri|sat|sun) )?\d{1,2}(?:[:.]\d{2})?(?: ?[ap]m)?$/u;

/** What is told of many is held back by planned silence from now on. */
const muteWhere = (filter: string, timing: string, when: TypedWhen): Meaning | undefined => {
  const ms = timing.startsWith('for ') ? parseDuration(timing.slice('for '.length)) : undefined;
  const to = ms === undefined ? timing.slice('until '.length) : typedMoment(when.now + ms, when);
  if (parseTime(to, when) === undefined) return undefined;
  return offers([
    {
      command: { name: 'maintenance', rest: `${filter} from now to ${to}` },
      title: `Mute ${filter} here until ${to}`,
      press: { verb: 'maintenance.plan', data: { filter, to } },
      silences: { filter, to },
      // Anybody may see what is planned.
      needs: 'operator',
    },
  ]);
};

/** A mute that nobody says the length of. */
const hour = 'for 1h';

/** Everybody that an object names, each of several by a whole name or a part that means one agent alone. */
export const agentsIn = (
  sentence: Sentence,
  object: string,
  { fleet }: World,
): readonly NamedAgent[] | undefined => {
  const parts = object
    .split(/(?: |^)(?:and|or|,|;|&)(?= |$)/u)
    .map((part) => part.replace(/^ ?(?:the |agent |machine |my |our |also )*/u, '').trim())
    .filter((part) => part !== '');
  const each = parts.map((part) => agentsOf(sentence, part, fleet));
  if (each.length === 0 || each.some((agents) => agents.length === 0)) return undefined;
  return [...new Map(each.flat().map((agent) => [agent.id, agent])).values()];
};

const agentsOf = (
  sentence: Sentence,
  part: string,
  fleet: World['fleet'],
): readonly NamedAgent[] => {
  const name = namedBy(sentence, part);
  if (name !== undefined) return name.agents;
  return /\uE000/u.test(part) ? [] : fleet.matching(part);
};

const titles = {
  pause: 'Pause',
  resume: 'Resume',
  reconnect: 'Reconnect',
  delete: 'Delete',
  mute: 'Mute',
  unmute: 'Unmute',
} as const;

const pressOf = (act: keyof typeof titles, agent: string, ends: object): Offer['press'] => {
  switch (act) {
    case 'mute':
      return { verb: 'agent.mute', data: { agent, ...ends } };
    case 'unmute':
      return { verb: 'mute.end', data: { agent } };
    default:
      return { verb: `agent.${act}`, data: { agent, ...ends } };
  }
};

/** How it ends by itself, as a button carries it, that of a mute as typed; nothing for a time that is past. */
const endsOf = (act: Act, timing: string, when: TypedWhen): object | undefined => {
  if (timing === '') return {};
  const typed = timing.replace(/^(?:for|until) /u, '');
  if (timing.startsWith('for ')) return { for: typed };
  const until = parseTime(typed, when);
  if (until === undefined) return undefined;
  return act === 'mute' ? { for: typed } : { until };
};

/** Nothing where the command takes no such time. */
export const offersFor = (
  act: Act,
  agent: NamedAgent,
  timing: string,
  when: TypedWhen,
): readonly Offer[] => {
  if (act === 'stop')
    return [
      ...offersFor('pause', agent, timing, when),
      ...offersFor('mute', agent, timing || hour, when),
    ];
  const lasts = act === 'mute' ? timing || hour : timing;
  const ends = endsOf(act, lasts, when);
  if (ends === undefined) return [];
  if (lasts !== '' && act !== 'pause' && act !== 'mute') return [];
  const { id, name, distinction } = agent;
  const said = distinction === undefined ? name : `${name} (${distinction})`;
  const ending = lasts === '' ? '' : ` ${lasts}`;
  return [
    {
      command: { name: act, rest: `${distinction === undefined ? name : id}${ending}` },
      // Deleting asks once more.
      title: `${titles[act]} ${said}${ending}${act === 'delete' ? '…' : ''}`,
      press: pressOf(act, id, ends),
      ...(act === 'mute' ? { silences: { agent: id } } : {}),
    },
  ];
};
