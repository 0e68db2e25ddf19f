/** Of an hour, as all of history counts time. */
export const quarterMs = 15 * 60_000;
export const quartersPerDay = 96;

/** Quarters of an hour since 1970, by UTC: a day has 96 of them wherever somebody lives. */
export const quarterOf = (at: number): number => Math.floor(at / quarterMs);

/** UTC days since 1970. */
export const dayOfQuarter = (quarter: number): number => Math.floor(quarter / quartersPerDay);

const bytesPerDay = quartersPerDay / 8;

/** A bit for each quarter of whole UTC days. Quarters outside of them are not set. */
export class QuarterBits {
  readonly #begin: number;
  readonly #bytes: Uint8Array;

  /** From the first of these days up to the last, both included; none is set. */
  constructor(firstDay: number, lastDay: number) {
    this.#begin = firstDay * quartersPerDay;
    this.#bytes = new Uint8Array(Math.max(0, lastDay - firstDay + 1) * bytesPerDay);
  }

  has(quarter: number): boolean {
    const place = quarter - this.#begin;
    return place >= 0 && ((this.#bytes[place >> 3] ?? 0) & (1 << (place & 7))) !== 0;
  }

  /** A quarter outside of its days changes nothing. */
  set(quarter: number): void {
    const place = quarter - this.#begin;
    if (place >= 0) this.#bytes[place >> 3] = (this.#bytes[place >> 3] ?? 0) | (1 << (place & 7));
  }

  /** Sets what `day` says, in the form that `textOf` gives. Throws for a text of another length. */
  setDay(day: number, text: string): void {
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length !== bytesPerDay) throw new TypeError('a day of presence cannot be read');
    const start = (day * quartersPerDay - this.#begin) / 8;
    for (const [index, byte] of bytes.entries())
      if (start + index >= 0) this.#bytes[start + index] = (this.#bytes[start + index] ?? 0) | byte;
  }

  /** One day as text: 16 characters. */
  textOf(day: number): string {
    const start = (day * quartersPerDay - this.#begin) / 8;
    return Buffer.from(this.#bytes.subarray(start, start + bytesPerDay)).toString('base64');
  }
}
