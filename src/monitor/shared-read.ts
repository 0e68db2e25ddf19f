import type { ObservedFleet } from '../features/fleet/domain/observation.ts';
import type { FleetReading } from '../features/fleet/ports.ts';

/**
 * What the poll under way sees. Who needs the list meanwhile waits for it instead of reading all pages beside it, and has
 * it before it is judged and stored, which takes as long again where the fleet is large.
 */
export interface SharedRead {
  /** `fleet` never rejects: it is nothing where it could not be read. */
  begin(readAt: number, fleet: Promise<ObservedFleet | undefined>): void;
  /** Nothing until all of it is read. */
  fleet(): ObservedFleet | undefined;
  /** Nothing once all of it is read. */
  reading(): FleetReading | undefined;
  /** The poll is over: what it saw is found where its state is. */
  end(): void;
}

export const createSharedRead = (): SharedRead => {
  let reading: FleetReading | undefined;
  let fleet: ObservedFleet | undefined;
  return {
    begin: (readAt, reads) => {
      const done = reads.then((read) => {
        if (reading?.done !== done) return;
        reading = undefined;
        fleet = read;
      });
      reading = { readAt, done };
    },
    fleet: () => fleet,
    reading: () => reading,
    end: () => {
      reading = undefined;
      fleet = undefined;
    },
  };
};
