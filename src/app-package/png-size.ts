const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Of the header chunk, which stands first: its length, its name, then width and height. */
const widthAt = 16;
const heightAt = 20;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Nothing for what is no PNG. */
export const pngSize = (bytes: Uint8Array): Size | undefined => {
  const isPng = bytes.length > heightAt + 4 && signature.every((byte, at) => bytes[at] === byte);
  if (!isPng) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return { width: view.getUint32(widthAt), height: view.getUint32(heightAt) };
};
