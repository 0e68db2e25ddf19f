import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pngSize } from '../../src/app-package/pack.ts';
import { manifestTemplate, projectFile, projectFolder } from './project.ts';

/** Its colours are multiplied by its alpha: white is as bright as it is opaque. */
interface Pixel {
  readonly x: number;
  readonly y: number;
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

const sides = { 'color.png': 192, 'outline.png': 32 } as const;
type Icon = keyof typeof sides;

const noFonts = { font: { loadSystemFonts: false } };

const rendered = (svg: string): readonly Pixel[] => {
  const { pixels, width } = new Resvg(svg, noFonts).render();
  return Array.from({ length: pixels.length / 4 }, (_, index) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(4 * index, 4 * index + 4);
    return { x: index % width, y: Math.floor(index / width), red, green, blue, alpha };
  });
};

const pixelsOf = (icon: Icon): readonly Pixel[] => {
  const side = sides[icon];
  const data = Buffer.from(projectFolder.get(icon) ?? []).toString('base64');
  return rendered(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><image width="${side}" height="${side}" href="data:image/png;base64,${data}"/></svg>`,
  );
};

const hex = ({ red, green, blue }: Pixel): string =>
  `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;

describe.each(['color.png', 'outline.png'] as const)('%s', (icon) => {
  it('has the size that Teams wants', () => {
    const side = sides[icon];
    expect(pngSize(projectFolder.get(icon) ?? new Uint8Array())).toEqual({
      width: side,
      height: side,
    });
  });

  it('is what its drawing gives', () => {
    const drawn = rendered(projectFile(`appPackage/design/${icon.replace('.png', '.svg')}`));
    const shown = pixelsOf(icon);
    const off = drawn.filter((pixel, at) =>
      (['red', 'green', 'blue', 'alpha'] as const).some(
        (part) => Math.abs(pixel[part] - (shown[at]?.[part] ?? -9)) > 2,
      ),
    );
    expect(off).toEqual([]);
  });

  it('holds no text', () => {
    const drawing = projectFile(`appPackage/design/${icon.replace('.png', '.svg')}`);
    expect(drawing).not.toMatch(/<(text|image|use)\b/u);
  });
});

describe('the colour icon', () => {
  const pixels = pixelsOf('color.png');
  const { accentColor } = z.object({ accentColor: z.string() }).parse(manifestTemplate);

  it('has no transparent pixel', () => {
    expect(pixels.filter(({ alpha }) => alpha !== 255)).toEqual([]);
  });

  it('has the accent colour all around the 120 pixels in its middle, where the symbol is', () => {
    const inside = (at: number): boolean => at >= 36 && at < 156;
    const symbol = pixels.filter((pixel) => hex(pixel) !== accentColor);
    expect(symbol.filter(({ x, y }) => !inside(x) || !inside(y))).toEqual([]);
    expect(symbol.length).toBeGreaterThan(5000);
  });
});

describe('the outline icon', () => {
  const pixels = pixelsOf('outline.png');
  const seen = pixels.filter(({ alpha }) => alpha > 0);

  it('is white, wherever it is not transparent', () => {
    const coloured = seen.filter(({ red, green, blue, alpha }) =>
      [red, green, blue].some((part) => part !== alpha),
    );
    expect(coloured).toEqual([]);
  });

  it('is an outline: most of it is transparent, and it reaches no edge', () => {
    expect(seen.length / pixels.length).toBeGreaterThan(0.1);
    expect(seen.length / pixels.length).toBeLessThan(0.5);
    expect(seen.filter(({ x, y }) => [x, y].some((at) => at < 1 || at > 30))).toEqual([]);
  });
});
