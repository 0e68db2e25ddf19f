/** Words of English that a sentence is made of, all folded. */
const listed = (text: string): readonly string[] =>
  text.split(/\s+/u).filter((word) => word !== '');
const setOf = (text: string): ReadonlySet<string> => new Set(listed(text));

/** What a state is called, and what `is:` calls it. "bad" is poor or offline. */
const stateLists = {
  offline:
    'offline down dead unreachable disconnected gone missing unavailable dropped dropping drops',
  online: 'online up connected reachable alive',
  poor: 'poor slow laggy lagging terrible choppy sluggish awful',
  fair: 'fair mediocre yellow',
  good: 'good fine ok okay healthy green well alright great',
  unknown: 'unknown unmeasured',
  wifi: 'wifi wi-fi wireless',
  vpn: 'vpn',
  paused: 'paused suspended',
  stale: 'stale outdated',
  bad: `bad wrong broken unhealthy trouble troubles problem problems issue issues failing failed fails
    struggling faulty red sick unhappy`,
} as const;

export type StateName = keyof typeof stateLists;

const isStateName = (name: string): name is StateName => Object.hasOwn(stateLists, name);

export const stateNamed: ReadonlyMap<string, StateName> = new Map(
  Object.entries(stateLists).flatMap(([name, words]) =>
    isStateName(name) ? listed(words).map((word) => [word, name] as const) : [],
  ),
);

/** Say what kind of thing is asked for: any agent. */
export const nouns =
  setOf(`agent agents one ones machine machines device devices computer computers pc pcs
  laptops notebooks site sites endpoint endpoints user users people host hosts thing things locations stuff
  folks colleagues clients employees fleet`);

/** Say nothing that a filter could hold. */
export const fillers =
  setOf(`the a an is are was were be been being am do does did has have had having any
  some my our your their his her its i we you they it he she there here this that these those which who
  whose what where when how of to for with on me us all every everything everyone everybody anyone anybody
  anything something someone somebody now today currently right still again yet already please really very
  so too just quite moment list show give get see find display view tell check open about details detail
  info information status state doing going quality score scores many much count number can could would
  will should may need want like look looking lookup think ever also then back come comes came recovered
  recover currently only entire whole whats keep keeps complain complains complaining`);

/** Say where: what follows them is a word of a filter. */
export const placeWords = setOf('in at from near within around');

export const negations = setOf('not no without except excluding');

/** What other words the rules know by themselves: they are corrected to as well. */
const ruleWords =
  listed(`pause resume stop start restart reboot reconnect rename delete remove create mute
  unmute silence snooze acknowledge undo revert watch watches subscribe unsubscribe notify alert alerts
  digest report summary export audit why help everything notifications which would could please agents
  monitoring admins templates deleted custom fields unpause suspend continue hold quiet`);

export const vocabulary: ReadonlySet<string> = new Set([
  ...stateNamed.keys(),
  ...nouns,
  ...fillers,
  ...placeWords,
  ...negations,
  ...ruleWords,
  ...listed('and or ack add new call change enough shut ignore monitor role daily weekly bot'),
]);

/** What a short form stands for. */
export const contractions: ReadonlyMap<string, string> = new Map([
  ...listed('what who how where that there it here everything anything').flatMap((word) => [
    [`${word}'s`, `${word} is`] as const,
    ...(word.length > 2 && word !== 'there' ? [[`${word}s`, `${word} is`] as const] : []),
  ]),
  ...listed('is are was were do does did has have had').map(
    (word) => [`${word}n't`, `${word} not`] as const,
  ),
  ["can't", 'can not'],
  ["won't", 'will not'],
  ["i'm", 'i am'],
  ['im', 'i am'],
  ["i'd", 'i would'],
  ["i'll", 'i will'],
  ["we'd", 'we would'],
  ["we'll", 'we will'],
  ["we're", 'we are'],
  ["you're", 'you are'],
  ["let's", 'let us'],
  ['lets', 'let us'],
  ['pls', 'please'],
  ['plz', 'please'],
  ['u', 'you'],
  ['r', 'are'],
  ['w', 'with'],
]);
