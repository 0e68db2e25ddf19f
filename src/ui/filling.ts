import { Template } from 'adaptivecards-templating/lib/template-engine.js';

/** `data` is what the nearest `$data` around it gives, or else what the whole card is filled with. */
type Fill = (data: unknown) => unknown;
/** A node of a template: the same on each card, or made each time. */
type Part = { readonly fixed: unknown } | { readonly fill: Fill };
type Expression = Exclude<ReturnType<typeof Template.parseInterpolatedString>, string>;

/**
 * The template as functions, made once: the engine looks each expression up again in each row of each card, which
 * was a sixth of a turn that shows a list. It parses the expressions here too, and evaluates those that do more
 * than name a value.
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
  const parsed = Template.parseInterpolatedString(text);
  return typeof parsed === 'string' ? { fixed: parsed } : { fill: expressionFill(parsed) };
};

/** Names that are not there, and all else, are as the engine has them. */
const evaluated = (expression: Expression, data: unknown, substitutes: boolean): unknown => {
  const { value, error } = Template.tryEvaluateExpression(expression, { $root: data }, substitutes);
  if (error !== undefined && substitutes) throw new Error(error);
  return error === undefined ? value : undefined;
};

const expressionFill = (expression: Expression, substitutes = true): Fill => {
  const name = nameIn(expression);
  const pieces = expression.type === 'concat' ? expression.children.map(pieceOf) : [];
  if (name !== undefined)
    return (data) => named(data, name) ?? evaluated(expression, data, substitutes);
  if (pieces.length === 0 || pieces.includes(undefined))
    return (data) => evaluated(expression, data, substitutes);
  return (data) => {
    let text = '';
    for (const piece of pieces) {
      const said = typeof piece === 'function' ? piece(data) : piece;
      if (said === undefined || said === null) return evaluated(expression, data, substitutes);
      text += String(said);
    }
    return text;
  };
};

/** The name of a value that the expression is and does nothing with. */
const nameIn = ({ type, children: [child, ...others] }: Expression): string | undefined => {
  if (type !== 'Accessor' || others.length > 0) return undefined;
  const name = constantIn(child);
  return name?.startsWith('$') ? undefined : name;
};

const constantIn = (expression: Expression | undefined): string | undefined =>
  expression !== undefined && 'value' in expression && typeof expression.value === 'string'
    ? expression.value
    : undefined;

const pieceOf = (expression: Expression): string | Fill | undefined => {
  const name = nameIn(expression);
  return name === undefined ? constantIn(expression) : (data) => named(data, name);
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

/** What is no expression shows nothing. */
const whenOf = (node: object): Fill | undefined => {
  if (!('$when' in node)) return undefined;
  const parsed = typeof node.$when === 'string' ? Template.parseInterpolatedString(node.$when) : '';
  return typeof parsed === 'string' ? () => false : expressionFill(parsed, false);
};
