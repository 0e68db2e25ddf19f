import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { optional } from '../../src/shared/optional.ts';

interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly secure: boolean;
  readonly described: boolean;
  /** What `@allowed` lists; nothing when anything goes. */
  readonly allowed: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

interface Module {
  readonly symbol: string;
  /** As it is written: relative to the file. */
  readonly path: string;
  readonly params: readonly string[];
}

/** One Bicep file: what it declares, and what it asks of itself and of others. */
export interface BicepFile {
  /** Each with its line. */
  readonly syntaxFaults: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly variables: readonly string[];
  readonly resources: readonly string[];
  readonly outputs: readonly string[];
  readonly modules: readonly Module[];
  readonly moduleOutputs: readonly { readonly module: string; readonly output: string }[];
  /** Names that stand for a value, without those of functions and of lambdas' own arguments. */
  readonly used: readonly string[];
  readonly functions: readonly string[];
  /** Keys of objects, quoted or not, anywhere in the file. */
  readonly keys: readonly string[];
  /** The source text of every property with this key. */
  valuesOf(key: string): readonly string[];
}

const named = (node: Node): readonly Node[] =>
  node.namedChildren.filter((child): child is Node => child !== null);

const everyNode = (node: Node): readonly Node[] => [
  node,
  ...node.children
    .filter((child): child is Node => child !== null)
    .flatMap((child) => everyNode(child)),
];

const unquoted = (text: string): string => text.replaceAll("'", '');

interface Call {
  readonly name: string;
  readonly args: readonly Node[];
}

const callOf = (decorator: Node): Call => {
  const call = named(decorator)[0];
  const args = call?.childForFieldName('arguments');
  return {
    name: call?.childForFieldName('function')?.text ?? '',
    args: args ? named(args) : [],
  };
};

const numberOf = (calls: readonly Call[], decorator: string): number | undefined => {
  const text = calls.find(({ name }) => name === decorator)?.args[0]?.text;
  return text === undefined ? undefined : Number(text);
};

const parameterOf = (declaration: Node, decorators: Node | undefined): Parameter => {
  const [name, type, byDefault] = named(declaration);
  const calls = decorators === undefined ? [] : named(decorators).map(callOf);
  const has = (decorator: string) => calls.some((call) => call.name === decorator);
  const list = calls.find((call) => call.name === 'allowed')?.args[0];
  return {
    name: name?.text ?? '',
    required: byDefault === undefined && type?.text.endsWith('?') !== true,
    secure: has('secure'),
    described: has('description'),
    allowed: list === undefined ? [] : named(list).map(({ text }) => unquoted(text)),
    ...optional('min', numberOf(calls, 'minValue')),
    ...optional('max', numberOf(calls, 'maxValue')),
  };
};

const propertiesOf = (object: Node): readonly { readonly key: string; readonly value: Node }[] =>
  named(object).flatMap((property) => {
    const [key, value] = property.type === 'object_property' ? named(property) : [];
    return key === undefined || value === undefined ? [] : [{ key: unquoted(key.text), value }];
  });

const moduleOf = (declaration: Node): Module => {
  const [symbol, path] = named(declaration);
  const body = everyNode(declaration).find(({ type }) => type === 'object');
  const params = (body ? propertiesOf(body) : []).find(({ key }) => key === 'params')?.value;
  return {
    symbol: symbol?.text ?? '',
    path: unquoted(path?.text ?? ''),
    params: params === undefined ? [] : propertiesOf(params).map(({ key }) => key),
  };
};

/** Whether an identifier names something here rather than asking for its value. */
const isName = (node: Node): boolean => {
  const { parent } = node;
  if (parent === null) return false;
  const place = named(parent).findIndex(({ id }) => id === node.id);
  if (/_declaration$/u.test(parent.type) || parent.type === 'object_property') return place === 0;
  return isLocal(node);
};

/** The argument of a lambda, or the variable of a loop. */
const isLocal = ({ id, parent }: Node): boolean => {
  if (parent === null) return false;
  const place = named(parent).findIndex((child) => child.id === id);
  if (parent.type === 'lambda_expression') return place < named(parent).length - 1;
  return parent.type === 'for_statement' && place === 0;
};

const isFunction = ({ id, parent }: Node): boolean =>
  parent?.type === 'call_expression' && parent.childForFieldName('function')?.id === id;

const withoutComments = (root: Node): string =>
  everyNode(root)
    .filter(({ type }) => type === 'comment')
    .toSorted((one, other) => other.startIndex - one.startIndex)
    .reduce(
      (text, { startIndex, endIndex }) => text.slice(0, startIndex) + text.slice(endIndex),
      root.text,
    );

const read = (root: Node): BicepFile => {
  const top = named(root).filter(({ type }) => type !== 'comment');
  const nodes = everyNode(root);
  const declared = (type: string) => top.filter((node) => node.type === type);
  const names = (type: string) => declared(type).map((node) => named(node)[0]?.text ?? '');
  const identifiers = nodes.filter(({ type }) => type === 'identifier');
  const locals = new Set(identifiers.filter(isLocal).map(({ text }) => text));
  const properties = nodes.filter(({ type }) => type === 'object').flatMap(propertiesOf);
  return {
    syntaxFaults: nodes
      .filter(({ isError, isMissing }) => isError || isMissing)
      .map(({ startPosition }) => `line ${startPosition.row + 1} cannot be read`),
    parameters: top.flatMap((node, index) => {
      const before = top[index - 1];
      return node.type === 'parameter_declaration'
        ? [parameterOf(node, before?.type === 'decorators' ? before : undefined)]
        : [];
    }),
    variables: names('variable_declaration'),
    resources: names('resource_declaration'),
    outputs: names('output_declaration'),
    modules: declared('module_declaration').map(moduleOf),
    // By text: the grammar reads `a ? b.outputs.c : d.outputs.e` as `(a ? b.outputs.c : d).outputs.e`.
    moduleOutputs: [...withoutComments(root).matchAll(/(\w+)!?\.\??outputs\.(\w+)/gu)].map(
      ([, module = '', output = '']) => ({ module, output }),
    ),
    used: identifiers
      .filter((node) => !isName(node) && !isFunction(node) && !locals.has(node.text))
      .map(({ text }) => text),
    functions: identifiers.filter(isFunction).map(({ text }) => text),
    keys: properties.map(({ key }) => key),
    valuesOf: (key) =>
      properties.filter((property) => property.key === key).map(({ value }) => value.text),
  };
};

/** Reads Bicep by its tree-sitter grammar. */
export const bicepReader = async (): Promise<(text: string) => BicepFile> => {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve(
    'tree-sitter-bicep/tree-sitter-bicep.wasm',
  );
  const language = await Language.load(grammar);
  const parser = new Parser().setLanguage(language);
  return (text) => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error('the parser has no language');
    return read(tree.rootNode);
  };
};
