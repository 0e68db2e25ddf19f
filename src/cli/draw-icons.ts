import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

const folder = new URL('../../appPackage/', import.meta.url);
const file = (path: string): string => fileURLToPath(new URL(path, folder));

/** Each drawing has the size of its icon. */
for (const icon of ['color', 'outline']) {
  const drawing = new Resvg(readFileSync(file(`design/${icon}.svg`), 'utf8'), {
    font: { loadSystemFonts: false },
  });
  writeFileSync(file(`${icon}.png`), drawing.render().asPng());
  console.log(`appPackage/${icon}.png`);
}
