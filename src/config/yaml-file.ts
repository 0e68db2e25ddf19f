import { LineCounter, parseDocument } from 'yaml';

/** What is wrong and where; without a place where it is the file as a whole. Lines and columns from 1. */
export interface YamlFault {
  readonly line?: number;
  readonly column?: number;
  readonly should: string;
}

type Place = Pick<YamlFault, 'line' | 'column'>;
type Path = readonly (string | number)[];

export interface ReadYaml {
  readonly value: unknown;
  /** Of what stands there; of the nearest thing around it where there is nothing. */
  placeOf(path: Path): Place;
}

const usualLongest = 1_000_000;

/** A YAML file with the place of each thing in it. */
export const readYaml = (
  text: string,
  longest = usualLongest,
): ReadYaml | { readonly faults: readonly YamlFault[] } => {
  if (text.length > longest) return { faults: [{ should: `shorter than ${longest} characters` }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const faults = document.errors.map(({ code, pos: [at] }) => ({
    ...placeAt(at),
    should: shouldOf[code] ?? 'right YAML',
  }));
  if (faults.length > 0) return { faults };
  try {
    return {
      value: document.toJS({ maxAliasCount: 100 }),
      placeOf: (path) => placeAt(offsetOf(document, path)),
    };
  } catch {
    return { faults: [{ should: 'YAML without so many references' }] };
  }
};

const shouldOf: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'a key that stands there once',
  TAB_AS_INDENT: 'indented by spaces',
  BAD_INDENT: 'indented like the lines around it',
};

interface Nodes {
  readonly contents: unknown;
  getIn(path: Path, keepScalar: true): unknown;
}

/** The key itself counts, where it is one of a mapping: what is wrong with it is seen there. */
const offsetOf = (document: Nodes, path: Path): number => {
  for (let length = path.length; length > 0; length -= 1) {
    const parent =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const found =
      startOf(keyNode(parent, key)) ?? startOf(document.getIn(path.slice(0, length), true));
    if (found !== undefined) return found;
  }
  return startOf(document.contents) ?? 0;
};

const keyNode = (node: unknown, key: string | number | undefined): unknown => {
  if (typeof node !== 'object' || node === null || !('items' in node)) return undefined;
  if (!Array.isArray(node.items)) return undefined;
  return node.items
    .map((item: { readonly key?: unknown }) => item.key)
    .find((one) => typeof one === 'object' && one !== null && 'value' in one && one.value === key);
};

const startOf = (node: unknown): number | undefined =>
  typeof node === 'object' &&
  node !== null &&
  'range' in node &&
  Array.isArray(node.range) &&
  typeof node.range[0] === 'number'
    ? node.range[0]
    : undefined;
