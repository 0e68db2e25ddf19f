import { isLoopback } from './fields.ts';

export interface Fault {
  readonly variable: string;
  /** Where in the file that the variable names. */
  readonly place?: string;
  readonly should: string;
}

export type PemKind = 'certificate' | 'private key';
export interface PemFiles {
  /** A file's text; nothing when it cannot be read or is not what it should be. */
  read(path: string, kind: PemKind): string | undefined;
  /** Whether the certificate is of this key. */
  belong(certificate: string, privateKey: string): boolean;
}

type Settings = Readonly<Record<string, string | undefined>>;

const appTypes = ['SingleTenant', 'MultiTenant', 'UserAssignedMSI'] as const;
type AppType = (typeof appTypes)[number];

/** botbuilder compares it without regard to case too. */
const appTypeOf = (value: string | undefined): AppType | undefined =>
  value === undefined
    ? 'SingleTenant'
    : appTypes.find((type) => type.toLowerCase() === value.toLowerCase());

const missing = (settings: Settings, variable: string, should: string): readonly Fault[] =>
  settings[variable] === undefined ? [{ variable, should }] : [];

const appPassword = (settings: Settings, type: AppType | undefined): readonly Fault[] => {
  const variable = 'MicrosoftAppPassword';
  if (type === 'UserAssignedMSI') {
    const should = 'empty, for a UserAssignedMSI bot has no password';
    return settings[variable] === undefined ? [] : [{ variable, should }];
  }
  const others = ['BOT_FEDERATED_CLIENT_ID', ...Object.values(certificateFiles)];
  const should =
    "the bot's password, unless BOT_FEDERATED_CLIENT_ID or BOT_CERTIFICATE_PEM_FILE is set";
  return others.some((other) => settings[other] !== undefined)
    ? []
    : missing(settings, variable, should);
};

const certificateFiles = {
  certificate: 'BOT_CERTIFICATE_PEM_FILE',
  'private key': 'BOT_CERTIFICATE_KEY_FILE',
} as const satisfies Readonly<Record<PemKind, string>>;

const strangers: readonly Fault[] = [
  {
    variable: certificateFiles.certificate,
    should: `the certificate of the key in ${certificateFiles['private key']}`,
  },
  {
    variable: certificateFiles['private key'],
    should: `the private key of the certificate in ${certificateFiles.certificate}`,
  },
];

/** The bot's certificate with its key, if one is named; each with its fault where it cannot be used. */
export const readCertificate = (
  settings: Settings,
  files: PemFiles,
): { readonly certificate?: BotCertificate; readonly faults: readonly Fault[] } => {
  if (Object.values(certificateFiles).every((name) => settings[name] === undefined))
    return { faults: [] };
  const read = (kind: PemKind): string | undefined =>
    files.read(settings[certificateFiles[kind]] ?? '', kind);
  const certificate = read('certificate');
  const privateKey = read('private key');
  if (certificate !== undefined && privateKey !== undefined)
    return files.belong(certificate, privateKey)
      ? { certificate: { certificate, privateKey }, faults: [] }
      : { faults: strangers };
  const fault = (kind: PemKind): Fault => ({
    variable: certificateFiles[kind],
    should: `the path of a readable PEM file with the bot's ${kind}`,
  });
  return {
    faults: [
      ...(certificate === undefined ? [fault('certificate')] : []),
      ...(privateKey === undefined ? [fault('private key')] : []),
    ],
  };
};

const withoutTokenChecks = (settings: Settings): readonly Fault[] => [
  ...(isLoopback(settings['HOST'] ?? '0.0.0.0')
    ? []
    : [{ variable: 'HOST', should: 'a loopback address while BOT_AUTH is disabled' }]),
  ...(settings['MicrosoftAppId'] === undefined
    ? []
    : [{ variable: 'MicrosoftAppId', should: 'empty while BOT_AUTH is disabled' }]),
];

const withTokenChecks = (settings: Settings): readonly Fault[] => {
  const type = appTypeOf(settings['MicrosoftAppType']);
  const tenant = 'MicrosoftAppTenantId';
  return [
    ...missing(
      settings,
      'MicrosoftAppId',
      "the bot's app id; only BOT_AUTH=disabled goes without it",
    ),
    ...(type === undefined
      ? [{ variable: 'MicrosoftAppType', should: `one of ${appTypes.join(', ')}` }]
      : []),
    ...(type === 'MultiTenant' ? [] : missing(settings, tenant, "the bot's Entra tenant id")),
    ...(type === 'MultiTenant' &&
    settings[tenant] === undefined &&
    settings['ACCOUNTS_FILE'] === undefined
      ? missing(settings, 'ALLOWED_TENANTS', 'the tenant ids that may use the bot')
      : []),
    ...appPassword(settings, type),
  ];
};

/** What the settings of the bot's identity must be together. Looks at the variables as they are given. */
export const identityFaults = (settings: Settings): readonly Fault[] =>
  settings['BOT_AUTH'] === 'disabled' ? withoutTokenChecks(settings) : withTokenChecks(settings);

/** Both as PEM. */
export interface BotCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

/** Who the bot is to the Bot Framework. */
export type BotIdentity =
  | { readonly auth: 'disabled' }
  | {
      readonly auth: 'required';
      readonly appId: string;
      readonly tenantId?: string;
      /** The managed identity of the app's federated credential; counts when there is no password. */
      readonly federatedClientId?: string;
      /** Counts when there is no password. */
      readonly certificate?: BotCertificate;
      /** botbuilder's own variables, under their own names, as they were given. */
      readonly settings: Readonly<Record<string, string>>;
    };
