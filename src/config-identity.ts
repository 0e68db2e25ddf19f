import { isLoopback } from './config-fields.ts';

export interface Fault {
  readonly variable: string;
  readonly should: string;
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
  return settings['BOT_FEDERATED_CLIENT_ID'] === undefined
    ? missing(settings, variable, "the bot's password, unless BOT_FEDERATED_CLIENT_ID is set")
    : [];
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
    ...(type === 'MultiTenant' && settings[tenant] === undefined
      ? missing(settings, 'ALLOWED_TENANTS', 'the tenant ids that may use the bot')
      : []),
    ...appPassword(settings, type),
  ];
};

/** What the settings of the bot's identity must be together. Looks at the variables as they are given. */
export const identityFaults = (settings: Settings): readonly Fault[] =>
  settings['BOT_AUTH'] === 'disabled' ? withoutTokenChecks(settings) : withTokenChecks(settings);
