import type { ManyAgents } from '../changes/ports.ts';
import { lastUndoable, undoJob } from './again.ts';
import type { BulkPorts } from './ports.ts';
import { previewMany } from './preview.ts';

/** Changes of many agents, for the commands of one. */
export const createManyAgents = (ports: BulkPorts): ManyAgents => ({
  preview: (turn, asked) => previewMany(ports, turn, asked),
  lastUndoable: (scope) => lastUndoable(ports, scope),
  takeBack: (turn, id) => undoJob(ports, turn, id),
});
