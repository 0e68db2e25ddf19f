import type { CommandList, Fault, Manifest } from './manifest.ts';
import { schemaAddresses } from './official-schema.ts';

type Rule = (manifest: Manifest) => readonly Fault[];

/** What Teams' store asks of a manifest beyond its schema (store validation guidelines, 2023). */
export const storeFaults: Rule = (manifest) => rules.flatMap((rule) => rule(manifest));

const at = (place: string, what: string): Fault => ({ where: `manifest.json ${place}`, what });

const unless = (held: boolean, place: string, what: string): readonly Fault[] =>
  held ? [] : [at(place, what)];

const repeated = (values: readonly string[]): readonly string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];

const official: Rule = ({ $schema }) =>
  unless($schema === schemaAddresses.manifest, '/$schema', `must be ${schemaAddresses.manifest}`);

/** Also of the names that a language file gives. */
export const brandFaults = (where: string, name: string): readonly Fault[] =>
  /teams|microsoft/iu.test(name) ? [{ where, what: 'must not hold "Teams" or "Microsoft"' }] : [];

const names: Rule = ({ name }) => [
  ...unless(name.short.trim() !== '', '/name/short', 'must not be empty'),
  ...brandFaults('manifest.json /name/short', name.short),
  ...brandFaults('manifest.json /name/full', name.full),
];

const version: Rule = ({ version: value }) =>
  unless(
    /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/u.test(value),
    '/version',
    'must be three numbers, like 1.2.3',
  );

const pages: Rule = ({ developer }) =>
  Object.entries(developer).flatMap(([key, url]) =>
    unless(/^https:\/\//u.test(url), `/developer/${key}`, 'must begin with https://'),
  );

const hostName = /^([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/iu;

const domains: Rule = ({ validDomains }) =>
  validDomains.flatMap((domain, index) =>
    unless(
      hostName.test(domain),
      `/validDomains/${index}`,
      'must be a host name of yours, without scheme, port, path and wildcard',
    ),
  );

const mostCommands = 12;
/** The schema's own limit up to 1.20: what people type is short. */
const longestTitle = 32;

const commands: Rule = ({ bots }) =>
  bots.flatMap(({ scopes, commandLists }) => [
    ...commandLists.flatMap((list, index) => listFaults(list, index, scopes)),
    ...scopes.flatMap((scope) => scopeFaults(commandLists, scope)),
  ]);

const listFaults = (list: CommandList, index: number, scopes: readonly string[]) => {
  const place = `/bots/0/commandLists/${index}`;
  return [
    ...list.scopes.flatMap((scope) =>
      unless(scopes.includes(scope), `${place}/scopes`, `the bot has no scope ${scope}`),
    ),
    ...list.commands.flatMap(({ title, description = '' }, number) => [
      ...unless(
        /^[^\s/].*$/u.test(title) && title.length <= longestTitle,
        `${place}/commands/${number}/title`,
        `must be 1 to ${longestTitle} characters and not begin with /`,
      ),
      ...unless(
        description.trim() !== '',
        `${place}/commands/${number}/description`,
        'must say what the command does',
      ),
    ]),
  ];
};

const scopeFaults = (lists: readonly CommandList[], scope: string): readonly Fault[] => {
  const titles = lists
    .filter(({ scopes }) => scopes.includes(scope))
    .flatMap((list) => list.commands.map(({ title }) => title.toLowerCase()));
  const place = `/bots/0/commandLists (${scope})`;
  return [
    ...unless(titles.length > 0, place, 'has no command'),
    ...unless(titles.length <= mostCommands, place, `has more than ${mostCommands} commands`),
    ...repeated(titles).map((title) => at(place, `names ${title} twice`)),
  ];
};

const extensions: Rule = ({ bots, composeExtensions }) =>
  composeExtensions.flatMap(({ botId, commands: offered }) => [
    ...unless(
      botId === bots[0]?.botId,
      '/composeExtensions/0/botId',
      'must be the bot that answers',
    ),
    ...repeated(offered.map(({ id }) => id)).map((id) =>
      at('/composeExtensions/0/commands', `names ${id} twice`),
    ),
  ]);

const rules: readonly Rule[] = [official, names, version, pages, domains, commands, extensions];
