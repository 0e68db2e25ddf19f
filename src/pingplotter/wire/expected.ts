import { z } from 'zod';
import type { ExpectedQuality } from '../../core/agent.ts';
import { field, text } from './fields.ts';

const ExpectedWire = z.object({ Id: field, Name: field });

/** Undefined without an id: the name alone selects nothing. */
export const readExpected = (value: unknown): ExpectedQuality | undefined => {
  const wire = ExpectedWire.safeParse(value).data;
  const id = text(wire?.Id);
  return id === '' ? undefined : { id, name: text(wire?.Name) || id };
};
