import { templateEngine } from './template-engine.ts';

/** `data` is what the nearest `$data` around it gives, or else what the whole card is filled with. */
type Fill = (data: unknown) => unknown;
/** A node of a template: the same on each card, or made each time. */
type Part = { readonly fixed: unknown } | { readonly fill: Fill };
type Engine = ReturnType<typeof templateEngine>;
type Expression = Exclude<ReturnType<Engine['parseInterpolatedString']>, string>;

/**
 * The template as functions, made once: the engine searches each expression again in each row of each card, which
 * was a sixth of a turn that shows a list. Expressions that only name values, and all but one in a thousand do, are
 * read here: to read its first one the engine sets up its own grammar, which blocked the first card of a process
 * for 50 ms.
 */
export const fillingOf = (json: object): ((data: unknown) => Readonly<Record<string, unknown>>) => {
  const part = partOf(json);
  return (data) => {
    const filled = valueIn(part, data);
    if (!isRecord(filled)) throw new Error('the template shows nothing');
    return filled;
  };
};

const valueIn = (part: Part, data: unknown): unknown =>
  'fixed' in part ? part.fixed : part.fill(data);

const partOf = (node: unknown): Part => {
  if (typeof node === 'string') return textPart(node);
  if (Array.isArray(node)) return listPart(node.map(partOf));
  return typeof node === 'object' && node !== null ? objectPart(node) : { fixed: node };
};

const textPart = (text: string): Part => {
  const pieces = piecesIn(text);
  if (pieces === undefined) return enginePart(text);
  return pieces.some(({ name }) => name !== undefined)
    ? { fill: piecesFill(pieces, text) }
    : { fixed: text };
};

const enginePart = (text: string): Part => {
  const parsed = templateEngine().parseInterpolatedString(text);
  return typeof parsed === 'string'
    ? { fixed: parsed }
    : { fill: (data) => evaluated(parsed, data, true) };
};

const evaluated = (expression: Expression, data: unknown, substitutes: boolean): unknown => {
  const { value, error } = templateEngine().tryEvaluateExpression(
    expression,
    { $root: data },
    substitutes,
  );
  if (error !== undefined && substitutes) throw new Error(error);
  return error === undefined ? value : undefined;
};

/** Either the name of a value or what stands between two of them. */
type Piece =
  | { readonly name: string; readonly text?: undefined }
  | { readonly name?: undefined; readonly text: string };

/** What the engine reads as a constant is no name. */
const naming = /\$\{(?!(?:true|false|null|undefined)\})([a-z_][a-z\d_]*)\}/gi;
/** Between names these mean something to the engine. */
const meaningful = /[$`\\\r\n]/u;

/** Undefined for a text that does more than name values. */
const piecesIn = (text: string): readonly Piece[] | undefined => {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: whole, 1: name = '', index } of text.matchAll(naming)) {
    pieces.push({ text: text.slice(end, index) }, { name });
    end = index + whole.length;
  }
  if (end === 0) return text.includes('${') ? undefined : [{ text }];
  pieces.push({ text: text.slice(end) });
  return pieces.some((piece) => piece.text !== undefined && meaningful.test(piece.text))
    ? undefined
    : pieces.filter((piece) => piece.text !== '');
};

/** Then the value keeps its kind; in a text it would become one. */
const onlyName = ([only, ...others]: readonly Piece[] = []): string | undefined =>
  others.length === 0 ? only?.name : undefined;

/** Where a value is missing, the card shows what the engine makes of it. */
const piecesFill = (pieces: readonly Piece[], text: string): Fill => {
  const engine = once(() => enginePart(text));
  const name = onlyName(pieces);
  if (name !== undefined) return (data) => named(data, name) ?? valueIn(engine(), data);
  return (data) => {
    let filled = '';
    for (const piece of pieces) {
      const said = piece.name === undefined ? piece.text : named(data, piece.name);
      if (said === undefined || said === null) return valueIn(engine(), data);
      filled += String(said);
    }
    return filled;
  };
};

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

const isRecord = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null;

const named = (data: unknown, name: string): unknown =>
  isRecord(data) && Object.hasOwn(data, name) ? data[name] : undefined;

/** Lists within it are opened, and what is left out leaves no gap. */
const listPart = (parts: readonly Part[]): Part => {
  const values = (data: unknown): readonly unknown[] => {
    const all: unknown[] = [];
    for (const part of parts) {
      const value = valueIn(part, data);
      if (Array.isArray(value)) for (const one of value) all.push(one);
      else if (value !== null) all.push(value);
    }
    return all;
  };
  return parts.every(isFixed) ? { fixed: Object.freeze(values(undefined)) } : { fill: values };
};

const isFixed = (part: Part): boolean => 'fixed' in part;

/** What steers the filling is no part of the card. */
const steering = new Set(['$data', '$when', '$root', '$index', '$host', '$_acTemplateVersion']);

const objectPart = (node: object): Part => {
  const parts = Object.entries(node)
    .filter(([key]) => !steering.has(key))
    .map(([key, value]) => [key, partOf(value)] as const);
  const one = (data: unknown): object => {
    const filled: Record<string, unknown> = {};
    for (const [key, part] of parts) {
      const value = valueIn(part, data);
      if (value !== undefined) filled[key] = value;
    }
    return filled;
  };
  const shown = whenOf(node);
  const about = '$data' in node ? partOf(node.$data) : undefined;
  if (about === undefined && shown === undefined && parts.every(([, part]) => isFixed(part)))
    return { fixed: Object.freeze(one(undefined)) };
  return {
    fill: (data) => {
      const given = about === undefined ? data : valueIn(about, data);
      const each: readonly unknown[] = Array.isArray(given) ? given : [given];
      const made = each
        .map((item) => item ?? data)
        .filter((item) => shown === undefined || shown(item) === true)
        .map(one);
      if (made.length === 0) return null;
      return made.length === 1 ? made[0] : made;
    },
  };
};

/** What is no expression shows nothing, and so does a value that is missing. */
const whenOf = (node: object): Fill | undefined => {
  if (!('$when' in node) || !node.$when) return undefined;
  const text = typeof node.$when === 'string' ? node.$when : '';
  const pieces = piecesIn(text);
  const name = onlyName(pieces);
  if (name !== undefined) return (data) => named(data, name);
  const parsed = pieces === undefined ? templateEngine().parseInterpolatedString(text) : text;
  return typeof parsed === 'string' ? () => false : (data) => evaluated(parsed, data, false);
};
