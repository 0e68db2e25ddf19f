/** Numbers and texts as bytes: small numbers take one. */
export class PageWriter {
  #bytes = new Uint8Array(256);
  length = 0;

  /** A whole number from 0 on, seven bits a byte. */
  number(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#byte((rest % 0x80) + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.#byte(rest);
  }

  /** A whole number of either sign. */
  signed(value: number): void {
    this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** Any number. */
  float(value: number): void {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value);
    this.put(bytes);
  }

  put(bytes: Uint8Array): void {
    while (this.length + bytes.length > this.#bytes.length) this.#grow();
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Begins again. */
  clear(): void {
    this.length = 0;
  }

  /** What was written, until something more is. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  #byte(value: number): void {
    if (this.length === this.#bytes.length) this.#grow();
    this.#bytes[this.length] = value;
    this.length += 1;
  }

  #grow(): void {
    const before = this.#bytes;
    this.#bytes = new Uint8Array(2 * before.length);
    this.#bytes.set(before);
  }
}

/** Reads what PageWriter wrote; throws RangeError where there is nothing, or no such number. */
export class PageReader {
  readonly bytes: Uint8Array;
  at: number;
  end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  number(): number {
    let value = 0;
    let place = 1;
    for (;;) {
      if (this.at >= this.end) throw new RangeError('a page ends too early');
      const byte = this.bytes[this.at] ?? 0;
      this.at += 1;
      value += (byte & 0x7f) * place;
      if (byte < 0x80) break;
      place *= 0x80;
      if (place > 2 ** 42) throw new RangeError('a number on a page is too large');
    }
    return value;
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  float(): number {
    return new DataView(this.bytes.buffer, this.bytes.byteOffset + this.skip(8)).getFloat64(0);
  }

  /** Gives where the skipped bytes begin. */
  skip(length: number): number {
    const begin = this.at;
    if (length > this.end - begin) throw new RangeError('a page ends too early');
    this.at += length;
    return begin;
  }
}
