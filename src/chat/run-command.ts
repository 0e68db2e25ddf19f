import { z } from 'zod';

/** The grammar's own words, numbers, spans and times: no names. */
const word =
  /^(?:all|connection|for|until|at|on|daily|weekly|(?:mon|tue|wed|thu|fri|sat|sun)|off|now|mine|unacked|open|csv|am|pm|#?\d[\d:.]{0,8}(?:am|pm)?|(?:\d{1,5}[dhms]){1,4})$/u;

const Rest = z
  .string()
  .max(200)
  .refine((rest) => rest.split(' ').every((one) => one === '' || word.test(one)))
  .default('');

/** What a button carries that runs a command. */
export const RunCommand = z.object({
  command: z.string().min(1).max(30),
  /** What follows the command's name. */
  rest: Rest,
  /** What somebody typed to be written on an alert. */
  note: z.string().max(500).optional(),
  /** The name of the command that help is asked about. */
  topic: z.string().min(1).max(30).optional(),
});
