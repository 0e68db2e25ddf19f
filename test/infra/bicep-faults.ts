import { posix } from 'node:path';
import type { BicepFile } from './bicep.ts';

/** By their paths. */
type Files = ReadonlyMap<string, BicepFile>;

/** Those that the files use; whoever uses another one looks it up first. */
const functions = new Set([
  'allowed',
  'concat',
  'description',
  'empty',
  'guid',
  'items',
  'json',
  'map',
  'maxLength',
  'maxValue',
  'minLength',
  'minValue',
  'resourceGroup',
  'resourceId',
  'secure',
  'startsWith',
  'string',
  'subscriptionResourceId',
  'tenant',
  'toObject',
  'union',
  'uriComponent',
]);

const secretName = /password|secret$|apikey|databaseurl/iu;

const moduleFaults = (path: string, file: BicepFile, files: Files): readonly string[] =>
  file.modules.flatMap(({ symbol, path: relative, params }) => {
    const target = files.get(posix.join(posix.dirname(path), relative));
    if (target === undefined) return [`module ${symbol} is at ${relative}, where nothing is`];
    const known = target.parameters.map(({ name }) => name);
    const required = target.parameters.filter((parameter) => parameter.required);
    const outputs = file.moduleOutputs.filter(({ module }) => module === symbol);
    return [
      ...params
        .filter((param) => !known.includes(param))
        .map((param) => `module ${symbol} has no parameter ${param}`),
      ...required
        .filter(({ name }) => !params.includes(name))
        .map(({ name }) => `module ${symbol} is not given ${name}`),
      ...outputs
        .filter(({ output }) => !target.outputs.includes(output))
        .map(({ output }) => `module ${symbol} has no output ${output}`),
    ];
  });

const nameFaults = (file: BicepFile): readonly string[] => {
  const modules = file.modules.map(({ symbol }) => symbol);
  const parameters = file.parameters.map(({ name }) => name);
  const declared = [...parameters, ...file.variables, ...file.resources, ...modules];
  const used = new Set(file.used);
  return [
    ...[...used]
      .filter((name) => !declared.includes(name))
      .map((name) => `${name} is not declared`),
    ...[...parameters, ...file.variables]
      .filter((name) => !used.has(name))
      .map((name) => `${name} is not used`),
    ...file.functions
      .filter((name) => !functions.has(name))
      .map((name) => `${name} is no known function`),
    ...file.moduleOutputs
      .filter(({ module }) => !modules.includes(module))
      .map(({ module }) => `${module} is no module`),
  ];
};

const parameterFaults = ({ parameters }: BicepFile): readonly string[] => [
  ...parameters.filter(({ described }) => !described).map(({ name }) => `${name} is not described`),
  ...parameters
    .filter(({ name, secure }) => secretName.test(name) && !secure)
    .map(({ name }) => `${name} is not secure`),
];

/** What is wrong in the file at this path, as far as it can be notified without Azure. */
export const bicepFaults = (path: string, files: Files): readonly string[] => {
  const file = files.get(path);
  if (file === undefined) return [`${path} does not exist`];
  return file.syntaxFaults.length > 0
    ? file.syntaxFaults
    : [...moduleFaults(path, file, files), ...nameFaults(file), ...parameterFaults(file)];
};

/** What is wrong in a parameters file: `values` are by the names of the parameters. */
export const parametersFaults = (
  file: BicepFile,
  values: Readonly<Record<string, unknown>>,
): readonly string[] => [
  ...Object.keys(values)
    .filter((name) => !file.parameters.some((parameter) => parameter.name === name))
    .map((name) => `there is no parameter ${name}`),
  ...file.parameters
    .filter(({ name, required }) => required && !(name in values))
    .map(({ name }) => `${name} is not given`),
  ...file.parameters
    .filter(({ name, allowed }) => {
      const value = values[name];
      return allowed.length > 0 && value !== undefined && !allowed.includes(String(value));
    })
    .map(({ name }) => `${name} has a value that is not allowed`),
];
