import { groupBy } from '../../../shared/grouped.ts';
import type { Acknowledgement, AlertNote, AlertView, MutedMembers } from './alert-view.ts';

/** Of all that are open, if all are acknowledged. */
export const latestAcknowledgement = (open: readonly AlertView[]): Acknowledgement | undefined => {
  const all = open.flatMap(({ ackedBy }) => ackedBy ?? []);
  return all.length < open.length ? undefined : all.toSorted((a, b) => b.at - a.at)[0];
};

/** How many of those that are open are acknowledged, if it is neither none nor all. */
export const ackedInPart = (open: readonly AlertView[]): number | undefined => {
  const acked = open.filter(({ ackedBy }) => ackedBy !== undefined).length;
  return acked === 0 || acked === open.length ? undefined : acked;
};

/** Whom all that are open are assigned to. */
export const sameAssignee = (open: readonly AlertView[]): string | undefined => {
  const [first, ...others] = new Set(open.map(({ assignedTo }) => assignedTo));
  return others.length > 0 ? undefined : first;
};

export const mutedOf = (open: readonly AlertView[]): MutedMembers | undefined => {
  const muted = new Map(
    open.flatMap(({ agentId, mutedUntil: until }) =>
      until === undefined ? [] : [[agentId, until] as const],
    ),
  );
  return muted.size === 0 ? undefined : { agents: muted.size, until: Math.min(...muted.values()) };
};

/** What was written or done on the card stands with each of its alerts. */
export const notesOf = (alerts: readonly AlertView[]): readonly AlertNote[] => {
  const each = groupBy(
    alerts.flatMap(({ notes, number }) => notes.map((note) => ({ note, number }))),
    ({ note }) => JSON.stringify(note),
  );
  return [...each.values()]
    .flatMap((same) => {
      const [first] = same;
      const about = same.map(({ number }) => number).toSorted((a, b) => a - b);
      if (first === undefined) return [];
      return [about.length === alerts.length ? first.note : { ...first.note, about }];
    })
    .toSorted((a, b) => a.at - b.at);
};
