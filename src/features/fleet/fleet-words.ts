import type { FleetWords } from '../../chat/plain-words/ports.ts';
import type { NamedAgent } from '../../chat/resolve-agent.ts';
import { inSlices } from '../../platform/slices.ts';
import { fold } from '../../shared/fold.ts';
import { nameIndex } from '../../shared/names.ts';
import type { FleetView } from './domain/agent-view.ts';
import { namedAgent } from './find-agent.ts';
import type { FleetReader } from './ports.ts';

/** The words of each reading of the fleet, made once for all sentences that are typed until the next. */
export const createFleetWords = ({
  fleets,
}: {
  readonly fleets: Pick<FleetReader, 'read'>;
}): ((account: string) => Promise<FleetWords>) => {
  const made = new WeakMap<FleetView, Promise<FleetWords>>();
  return async (account) => {
    const view = await fleets.read(account);
    const known = made.get(view) ?? wordsOf(view);
    made.set(view, known);
    return known;
  };
};

const wordsOf = async ({ agents }: FleetView): Promise<FleetWords> => {
  const called = new Map<string, NamedAgent[]>();
  const texts = new Set<string>();
  const named: NamedAgent[] = [];
  await inSlices(agents, ({ agent }) => {
    const one = namedAgent(agent);
    named.push(one);
    for (const key of new Set([fold(agent.name), fold(agent.id)])) {
      const same = called.get(key);
      if (same === undefined) called.set(key, [one]);
      else same.push(one);
    }
    texts.add(agent.name);
    if (agent.machineName !== undefined) texts.add(agent.machineName);
    for (const { value } of agent.customFields) texts.add(value);
  });
  const words = new Set<string>();
  await inSlices([...texts], (text) => {
    for (const word of fold(text).split(separators)) words.add(word);
  });
  const index = nameIndex(named);
  return {
    called: (name) => called.get(fold(name)) ?? [],
    matching: (part) => index.matches(part),
    knows: (word) => word !== '' && words.has(fold(word)),
  };
};

const separators = /[\s,;/()]+/u;
