targetScope = 'resourceGroup'

@description('Begins the name of every resource: a letter, then letters, digits and hyphens. The names are unique in all of Azure.')
@minLength(4)
@maxLength(20)
param resourceBaseName string

@description('Region of all resources; that of the resource group if left out.')
param location string = resourceGroup().location

@description('AppService runs the built files on Node 22, ContainerApps an image.')
@allowed(['AppService', 'ContainerApps'])
param hosting string = 'AppService'

@description('PostgreSQL keeps everything. TemporarySQLite is for a trial: the file lies on the disk of the running container and is lost with it.')
@allowed(['PostgreSQL', 'TemporarySQLite'])
param database string = 'PostgreSQL'

@description('How many instances run at once. More than one only with PostgreSQL; without it one runs whatever is given here.')
@minValue(1)
@maxValue(10)
param instances int = 1

@description('What the bot is called in Azure.')
@maxLength(42)
param botDisplayName string = 'PingPlotter'

@description('UserAssignedMSI: the bot is its managed identity, and there is no app registration. SingleTenant: an app registration that trusts the managed identity by a federated credential.')
@allowed(['UserAssignedMSI', 'SingleTenant'])
param botType string = 'UserAssignedMSI'

@description('Client id of the app registration; for SingleTenant only.')
param botAppId string = ''

@description('F0 is free, S1 has a service level agreement. Messages of the Teams channel cost nothing in either.')
@allowed(['F0', 'S1'])
param botServiceSku string = 'F0'

@description('Name of the PingPlotter Cloud account, as in acme.api.pingplotter.cloud.')
param pingPlotterSubdomain string = ''

@description('Full base URL of the PingPlotter API, where the subdomain is not enough.')
param pingPlotterBaseUrl string = ''

@description('Key of the PingPlotter API. It goes into the vault; empty keeps the one that is there.')
@secure()
param pingPlotterApiKey string = ''

@description('Path of a YAML file of several PingPlotter accounts, in the image or on a mounted share, in place of subdomain, base URL and key.')
param accountsFile string = ''

@description('Deadline of one PingPlotter call, in ms.')
@minValue(100)
@maxValue(60000)
param pingPlotterTimeoutMs int = 5000

@description('Whether PingPlotter may call the webhook.')
param webhook bool = false

@description('Secret that PingPlotter sends with the webhook. It goes into the vault; empty keeps the one that is there.')
@secure()
param webhookSecret string = ''

@description('Tenants whose people may use the bot, separated by commas; the tenant of the bot if left out.')
param allowedTenants string = ''

@description('Entra object ids of those who are admins from the start, separated by commas.')
param botAdmins string = ''

@description('Role of everyone else.')
@allowed(['none', 'viewer', 'operator'])
param defaultRole string = 'viewer'

@description('Seconds between sweeps of the fleet.')
@minValue(5)
@maxValue(3600)
param pollSeconds int = 60

@description('Days that the audit log is kept.')
@minValue(1)
@maxValue(3650)
param auditDays int = 400

@description('Calls of PingPlotter that one change of many agents makes at once.')
@minValue(1)
@maxValue(32)
param bulkConcurrency int = 8

@description('Least grave level that is logged.')
@allowed(['debug', 'info', 'warn', 'error'])
param logLevel string = 'info'

@description('Further settings of the bot by their names, such as those of sovereign clouds. They win over all others here.')
param moreSettings object = {}

@description('Size of the App Service plan. Smaller ones cannot keep the bot always on.')
@allowed(['B1', 'B2', 'B3', 'P0v3', 'P1v3', 'P2v3'])
param appServiceSku string = 'B1'

@description('Image of the bot, with its registry and tag; for ContainerApps only.')
param containerImage string = ''

@description('Name of the Azure container registry in this resource group that holds the image; empty if anybody may pull it.')
param containerRegistryName string = ''

@description('vCPUs of each container; it gets twice as many GiB of memory.')
@allowed(['0.5', '1.0', '2.0'])
param containerCpu string = '0.5'

@description('Size of the PostgreSQL server.')
@allowed(['Standard_B1ms', 'Standard_B2s', 'Standard_D2ds_v5', 'Standard_D4ds_v5'])
param postgresSku string = 'Standard_B1ms'

@description('Password of the PostgreSQL administrator, whom the bot signs in as.')
@secure()
param postgresPassword string = ''

@description('LogAnalytics keeps what the bot writes to stdout, one JSON object a line, and what the platform says.')
@allowed(['None', 'LogAnalytics'])
param logs string = 'LogAnalytics'

@description('Days that Log Analytics keeps.')
@minValue(30)
@maxValue(730)
param logDays int = 30

var onAppService = hosting == 'AppService'
var usesPostgres = database == 'PostgreSQL'
var usesOwnIdentity = botType == 'UserAssignedMSI'
var keepsLogs = logs == 'LogAnalytics'
// A SQLite file has one writer.
var runningInstances = usesPostgres ? instances : 1

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: resourceBaseName
  location: location
}

module monitoring 'modules/monitoring.bicep' = if (keepsLogs) {
  name: 'monitoring'
  params: {
    name: resourceBaseName
    location: location
    retentionDays: logDays
  }
}

module network 'modules/network.bicep' = if (usesPostgres) {
  name: 'network'
  params: {
    name: resourceBaseName
    location: location
    appDelegation: onAppService ? 'Microsoft.Web/serverFarms' : 'Microsoft.App/environments'
  }
}

module postgres 'modules/postgres.bicep' = if (usesPostgres) {
  name: 'postgres'
  params: {
    name: '${resourceBaseName}-db'
    location: location
    sku: postgresSku
    administratorPassword: postgresPassword
    virtualNetworkId: network!.outputs.virtualNetworkId
    subnetId: network!.outputs.databaseSubnetId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: '${resourceBaseName}-kv'
    location: location
    readerPrincipalId: identity.properties.principalId
    pingPlotterApiKey: pingPlotterApiKey
    webhookSecret: webhookSecret
    // As it stands the certificate is checked against the public authorities, and the host against the certificate.
    databaseUrl: usesPostgres
      ? 'postgres://${postgres!.outputs.administrator}:${uriComponent(postgresPassword)}@${postgres!.outputs.host}:5432/${postgres!.outputs.database}?sslmode=verify-full'
      : ''
  }
}

var botId = usesOwnIdentity ? identity.properties.clientId : botAppId

var settings = union(
  {
    MicrosoftAppType: botType
    MicrosoftAppId: botId
    MicrosoftAppTenantId: identity.properties.tenantId
    BOT_FEDERATED_CLIENT_ID: usesOwnIdentity ? '' : identity.properties.clientId
    ALLOWED_TENANTS: allowedTenants
    BOT_ADMINS: botAdmins
    DEFAULT_ROLE: defaultRole
    PINGPLOTTER_SUBDOMAIN: pingPlotterSubdomain
    PINGPLOTTER_BASE_URL: pingPlotterBaseUrl
    ACCOUNTS_FILE: accountsFile
    PINGPLOTTER_TIMEOUT_MS: string(pingPlotterTimeoutMs)
    POLL_SECONDS: string(pollSeconds)
    AUDIT_DAYS: string(auditDays)
    BULK_CONCURRENCY: string(bulkConcurrency)
    LOG_LEVEL: logLevel
  },
  // Not in /home, which is a network share on App Service: SQLite's write-ahead log needs a local disk.
  usesPostgres ? {} : { DATABASE_URL: 'file:/tmp/pingplotter-teams-bot.db' },
  moreSettings
)

// Settings of the bot, and the secrets of the vault that they hold.
var secretSettings = union(
  empty(accountsFile) ? { PINGPLOTTER_API_KEY: 'pingplotter-api-key' } : {},
  usesPostgres ? { DATABASE_URL: 'database-url' } : {},
  webhook ? { WEBHOOK_SECRET: 'webhook-secret' } : {}
)

module appService 'modules/app-service.bicep' = if (onAppService) {
  name: 'app-service'
  params: {
    name: resourceBaseName
    location: location
    sku: appServiceSku
    instances: runningInstances
    identityId: identity.id
    settings: settings
    secretSettings: secretSettings
    vaultName: vault.outputs.name
    subnetId: usesPostgres ? network!.outputs.appSubnetId : ''
    workspaceId: keepsLogs ? monitoring!.outputs.workspaceId : ''
  }
}

module registryAccess 'modules/registry-access.bicep' = if (!onAppService && !empty(containerRegistryName)) {
  name: 'registry-access'
  params: {
    registryName: containerRegistryName
    pullerPrincipalId: identity.properties.principalId
  }
}

module containerApp 'modules/container-app.bicep' = if (!onAppService) {
  name: 'container-app'
  params: {
    name: resourceBaseName
    location: location
    image: containerImage
    registryServer: empty(containerRegistryName) ? '' : registryAccess!.outputs.server
    cpu: containerCpu
    instances: runningInstances
    identityId: identity.id
    settings: settings
    secretSettings: secretSettings
    vaultUri: vault.outputs.uri
    subnetId: usesPostgres ? network!.outputs.appSubnetId : ''
    workspaceId: keepsLogs ? monitoring!.outputs.workspaceId : ''
  }
}

var botDomain = onAppService ? appService!.outputs.domain : containerApp!.outputs.domain

module bot 'botRegistration/azurebot.bicep' = {
  name: 'bot'
  params: {
    name: resourceBaseName
    displayName: botDisplayName
    sku: botServiceSku
    appType: botType
    appId: botId
    tenantId: identity.properties.tenantId
    identityId: usesOwnIdentity ? identity.id : ''
    domain: botDomain
  }
}

@description('Client id of the bot, as the app manifest names it.')
output BOT_ID string = botId

@description('Tenant of the bot.')
output BOT_TENANT_ID string = identity.properties.tenantId

@description('Host that Teams sends to.')
output BOT_DOMAIN string = botDomain

@description('Where the built files go; empty with ContainerApps.')
output BOT_AZURE_APP_SERVICE_RESOURCE_ID string = onAppService ? appService!.outputs.id : ''

@description('The container app; empty with AppService.')
output BOT_AZURE_CONTAINER_APP_RESOURCE_ID string = onAppService ? '' : containerApp!.outputs.id

@description('Subject of the federated credential that a SingleTenant app registration needs.')
output BOT_IDENTITY_PRINCIPAL_ID string = identity.properties.principalId

@description('Vault of the secrets.')
output BOT_KEY_VAULT_NAME string = vault.outputs.name

@description('How many instances run.')
output BOT_INSTANCES int = runningInstances
