import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/log.ts';
import { mayAct } from '../../shared/role.ts';
import { firstButtons } from '../cards/invitations.ts';
import { plainWordsCard, understoodAs } from '../cards/plain-words.ts';
import {
  type CommandFacts,
  type CommandSettings,
  commandCalled,
  invitedTo,
  mayUse,
} from '../define-command.ts';
import { requireRole, requireVoiceHere } from '../person.ts';
import { privateReply } from '../reply.ts';
import type { Reply, Turn } from '../turn.ts';
import { offersFor } from './act-phrase.ts';
import { isCutOff, type Meaning, type Offer, type Spelled, spelledText } from './meaning.ts';
import type { FleetWords, PlainWords } from './ports.ts';
import { listOffer } from './read-phrase.ts';
import { understand } from './understand.ts';
import { watchText } from './watch-phrase.ts';

export interface PlainWordsPorts extends CommandSettings {
  readonly words: PlainWords;
  readonly clock: Clock;
  readonly log: Logger;
}

interface Asked {
  readonly ports: PlainWordsPorts;
  readonly commands: readonly CommandFacts[];
  /** Runs a command that only reads. */
  readonly run: (command: Spelled) => Promise<Reply>;
  readonly turn: Turn;
}

/** The answer to a sentence in plain words; nothing when it is not understood. Changes nothing. */
export const answerPlainWords = async (asked: Asked, text: string): Promise<Reply | undefined> => {
  const { commands, turn } = asked;
  const fleet = await fleetWords(asked);
  const meaning = understand(text, { fleet, commands, when: turn.reader });
  return meaning === undefined ? undefined : answerTo(asked, meaning);
};

const nobody: FleetWords = { called: () => [], matching: () => [], knows: () => false };

/** Who may not read learns of no name; while PingPlotter is down what needs none is understood. */
const fleetWords = async ({ ports, turn: { scope } }: Asked): Promise<FleetWords> => {
  if (!mayAct(scope.role, 'viewer')) return nobody;
  try {
    return await ports.words.fleet(scope.account);
  } catch (error) {
    ports.log.info('greeting.no-suggestions', { error });
    return nobody;
  }
};

const answerTo = async (asked: Asked, meaning: Meaning): Promise<Reply> => {
  const { ports, turn } = asked;
  switch (meaning.kind) {
    case 'read':
      return readNow(asked, meaning.command);
    case 'offers':
      return offer(asked, meaning.offers);
    case 'pause-or-mute': {
      const both = offersFor('stop', meaning.agent, '', turn.reader);
      return offer(asked, both, `Pause ${meaning.agent.name}, or mute it here?`);
    }
    case 'many':
      return onMany(asked, meaning.command, meaning.filter);
    case 'watch': {
      requireVoiceHere(turn.scope, 'Watching');
      const card = ports.words.watchForm(turn, meaning.values);
      return privateReply(understoodAs(card, watchText(meaning.values)));
    }
    case 'silence':
      requireRole(turn.scope, 'viewer', '“watches”');
      return privateReply(await ports.words.watchedHere(turn));
    case 'other-language':
      return privateReply(inEnglish(asked));
    default:
      return meaning satisfies never;
  }
};

const readNow = async ({ commands, run }: Asked, { name, rest }: Spelled): Promise<Reply> => {
  const known = commandCalled(commands, name);
  const command = {
    name: known?.name ?? name,
    rest: rest === 'csv' && known !== undefined && !mentions(known, 'csv') ? '' : rest,
  };
  const answer = await run(command);
  return answer.kind === 'card'
    ? { ...answer, card: understoodAs(answer.card, spelledText(command)) }
    : answer;
};

const mentions = ({ usage, details }: CommandFacts, word: string): boolean =>
  [usage, ...details].some((line) => line.split(/[^a-z]+/u).includes(word));

/** Buttons, each of which says exactly what it will do; who may use none of them is refused. */
const offer = async (
  { commands, ports, turn }: Asked,
  all: readonly Offer[],
  question = all.length > 1 ? 'Which of these do you want?' : 'Do you want this?',
): Promise<Reply> => {
  const known = all.map((one) => ({ one, command: commandCalled(commands, one.command.name) }));
  const shown = known.flatMap(({ one, command }) =>
    (command === undefined ? mayAct(turn.scope.role, 'viewer') : mayUse(command, turn.reader)) &&
    mayAct(turn.scope.role, one.needs ?? 'none')
      ? [one]
      : [],
  );
  const [first] = known;
  if (shown.length === 0 && first?.command !== undefined) {
    const { role, voice } = first.command;
    requireRole(turn.scope, role, `“${first.one.command.name}”`);
    requireRole(turn.scope, first.one.needs ?? role, `“${first.one.command.name}”`);
    if (voice === true) requireVoiceHere(turn.scope, `“${first.one.command.name}”`);
  }
  return privateReply(
    plainWordsCard(
      {
        title: question,
        lead: 'Nothing is done before you press. This is the command for it:',
        commands: shown.map(({ command }) => spelledText(command)),
        notes: await Promise.all(shown.map((one) => noteOf(ports, turn, one))),
        buttons: shown,
        input: shown.length === 1 ? shown[0]?.input : undefined,
      },
      turn.reader,
    ),
  );
};

/** What a narrow card cuts off its button, and what a silence would have hidden. */
const noteOf = async ({ words }: PlainWordsPorts, turn: Turn, one: Offer): Promise<string> => {
  const { silences, title } = one;
  const hidden = silences && (await words.wouldHide(turn, silences));
  return [...(isCutOff(one) ? [`${title}.`] : []), hidden ?? ''].join(' ').trim();
};

/** A preview, where the command has one; until then it is said what can be done. */
const onMany = async (asked: Asked, command: Spelled, filter: string): Promise<Reply> => {
  const { commands, run, turn } = asked;
  const known = commandCalled(commands, command.name);
  if (known !== undefined) requireRole(turn.scope, known.role, `“${command.name}”`);
  if (known !== undefined && mentions(known, 'where')) {
    const preview = await run(command);
    return preview.kind === 'card'
      ? { ...preview, card: understoodAs(preview.card, spelledText(command)) }
      : preview;
  }
  return privateReply(
    plainWordsCard(
      {
        title: 'I cannot do this to many agents at once yet',
        lead: 'Nothing was done. The list shows which agents they are; each card has the button. Understood as:',
        commands: [spelledText(command)],
        buttons: [listOffer(filter)],
      },
      turn.reader,
    ),
  );
};

const inEnglish = ({ commands, ports, turn: { reader } }: Asked) => {
  const invited = invitedTo(commands, reader, ports);
  return plainWordsCard(
    {
      title: 'I understand English',
      lead: 'Ask in plain words such as:',
      commands: invited.slice(0, 2).map(({ invitation }) => invitation.words),
      buttons: [],
      more: firstButtons(invited),
    },
    reader,
  );
};
