import type { Conversation, Installations } from '../platform/conversation.ts';
import type { Address } from '../platform/messenger.ts';
import { addressOf } from './deliver.ts';

interface Ports<Found> {
  readonly store: { readonly installations: Pick<Installations, 'find'> };
  readonly roster: {
    find(where: { readonly address: Address }, id: string): Promise<Found | undefined>;
  };
}

/** Finds somebody of a conversation without a turn that came from there. */
export const createMemberFinder =
  <Found>({ roster, store }: Ports<Found>) =>
  async (to: Conversation, id: string): Promise<Found | undefined> => {
    const place = await store.installations.find(to);
    return place && roster.find({ address: addressOf(place, undefined) }, id);
  };
