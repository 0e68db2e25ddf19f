/** A program's own words; what it prints for others to read goes to stdout. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);
