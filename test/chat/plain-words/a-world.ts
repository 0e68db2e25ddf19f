import { readFileSync } from 'node:fs';
import { commandCalled } from '../../../src/chat/define-command.ts';
import { type Meaning, spelledText, type World } from '../../../src/chat/plain-words/meaning.ts';
import type { FleetWords } from '../../../src/chat/plain-words/ports.ts';
import { understand } from '../../../src/chat/plain-words/understand.ts';
import { watchText } from '../../../src/chat/plain-words/watch-phrase.ts';
import { commands } from '../../../src/registry.ts';
import { fold } from '../../../src/shared/fold.ts';
import { nameIndex } from '../../../src/shared/names.ts';

const names = [
  ...[
    'LAX-1',
    'LAX-12',
    'DEN-01',
    'LON-04',
    'ANN-LAPTOP',
    'Reception Kiosk',
    'Watch House',
    'Help',
  ],
  ...['Road to Nowhere', 'MIA-7'],
];
/** Of custom fields. */
const values = ['Boise', 'London', 'Denver', 'Boise Office'];

const agents = names.map((name) => ({ id: `id-${fold(name).replaceAll(' ', '-')}`, name }));
const index = nameIndex(agents);

const known = new Set([...names, ...values].flatMap((text) => fold(text).split(' ')));

export const aFleet: FleetWords = {
  called: (name) => agents.filter((agent) => fold(agent.name) === fold(name)),
  matching: (part) => index.matches(part),
  knows: (word) => known.has(word),
};

export const aWorld: World = {
  fleet: aFleet,
  commands,
  when: { now: Date.parse('2026-11-24T12:00:00Z'), timeZone: 'Europe/London' },
};

const said = (meaning: Meaning | undefined): string => {
  switch (meaning?.kind) {
    case undefined:
      return 'not understood';
    case 'read':
    case 'many':
      return spelledText(meaning.command);
    case 'offers': {
      const all = meaning.offers.map(({ command }) => spelledText(command));
      return `${all.length > 1 ? 'buttons' : 'button'}: ${all.join(' + ')}`;
    }
    case 'pause-or-mute':
      return `question: ${meaning.agent.name}`;
    case 'watch':
      return `form: ${watchText(meaning.values)}`;
    case 'silence':
      return 'silence';
    case 'other-language':
      return 'english';
    default:
      return meaning satisfies never;
  }
};

/** What a sentence is understood as, as the tables write it. */
export const understoodAs = (sentence: string): string => fold(said(understand(sentence, aWorld)));

export interface Row {
  readonly sentence: string;
  readonly meant: string;
}

export const table = (file: string): readonly Row[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [sentence = '', meant = ''] = line.split(' => ');
      return { sentence, meant: fold(meant) };
    });

export const isOwnCommand = (name: string): boolean => commandCalled(commands, name) !== undefined;
