import { commitFindings, type Fence } from './commit.ts';
import type { Memory } from './memory.ts';
import type { Occurrence } from './plan-steps.ts';
import type { MonitorPorts } from './ports.ts';

/** Tells what silences held back that are over by now, from what the last sweep saw. */
export const settleSilences = async (
  ports: MonitorPorts,
  memory: Memory,
  fence: Fence,
): Promise<Memory> => {
  const { blind } = memory.record.blindness;
  const { silentUntil: _, ...rest } = memory;
  // The next sweep settles it.
  if (blind !== undefined) return rest;
  const now = ports.clock.now();
  return commitFindings(
    ports,
    rest,
    { now, record: memory.record, occurrences: heldBack(memory) },
    fence,
  );
};

const heldBack = ({ book, fleet }: Memory): readonly Occurrence[] => {
  const sightings = new Map((fleet?.sightings ?? []).map((one) => [one.facts.agent.id, one]));
  return book.watches().flatMap((watchId) =>
    [...book.ofWatch(watchId)].flatMap(([agentId, sessions]) => {
      const sighting = sightings.get(agentId);
      if (sighting === undefined) return [];
      return [...sessions]
        .filter(([, { held }]) => held !== undefined)
        .map(([sessionId, before]) => ({
          watchId,
          agentId,
          sessionId,
          before,
          after: before.state,
          event: undefined,
          reading: undefined,
          view: sighting.view,
        }));
    }),
  );
};
