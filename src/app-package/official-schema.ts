import { AppManifestUtils } from '@microsoft/app-manifest';
import type { Fault } from './manifest.ts';

/** Microsoft's package ships both and reads them from itself: nothing is fetched. */
const folder = 'https://developer.microsoft.com/json-schemas/teams/v1.30';
export const schemaAddresses = {
  manifest: `${folder}/MicrosoftTeams.schema.json`,
  localization: `${folder}/MicrosoftTeams.Localization.schema.json`,
} as const;

/** It says: the path, a space, the rule, and the details as JSON. */
const complaint = /^(\S*) (.*)\. Details: (.*)$/su;

/** What the official JSON schema has against a file; the text must be JSON. */
export type SchemaCheck = (
  kind: keyof typeof schemaAddresses,
  file: string,
  text: string,
) => Promise<readonly Fault[]>;

/** Compiles the schema at each call, which takes some 100 ms. */
export const schemaFaults: SchemaCheck = async (kind, file, text) => {
  const schema = usable(await AppManifestUtils.fetchSchema(schemaAddresses[kind]));
  const complaints = await AppManifestUtils.validateAgainstSchema(JSON.parse(text), schema);
  return complaints.map((line) => {
    const [, path = '', rule = line, details = ''] = complaint.exec(line) ?? [];
    return { where: `${file} ${path}`.trim(), what: `${rule} ${details}`.trim() };
  });
};

/** Two patterns of the localization schema 1.30, for texts of activities, are no regular expressions to JavaScript. */
const usable = (schema: object) =>
  JSON.parse(JSON.stringify(schema), (key, value) =>
    key === 'patternProperties'
      ? Object.fromEntries(Object.entries(value).filter(([pattern]) => compiles(pattern)))
      : value,
  );

const compiles = (pattern: string): boolean => {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
};
