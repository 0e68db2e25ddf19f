import type { ExpectedQuality } from '../../core/agent.ts';
import { filled, record } from './fields.ts';

/** Undefined without an id: the name alone selects nothing. */
export const readExpected = (value: unknown): ExpectedQuality | undefined => {
  const wire = record(value);
  const id = filled(wire?.['Id']);
  return id === undefined ? undefined : { id, name: filled(wire?.['Name']) ?? id };
};
