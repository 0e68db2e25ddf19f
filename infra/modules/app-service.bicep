@description('Name of the plan and of the app, and with it of the host.')
param name string

@description('Region.')
param location string

@description('Size of the plan.')
param sku string

@description('How many instances run.')
param instances int

@description('Managed identity that the app runs as, and reads the vault as.')
param identityId string

@description('Settings of the bot by their names.')
param settings object

@description('Settings of the bot that stand in the vault: the name of the secret by the name of the setting.')
param secretSettings object

@description('Vault of the secrets.')
param vaultName string

@description('Subnet that the app goes out through; empty for none.')
param subnetId string

@description('Log Analytics workspace; empty for none.')
param workspaceId string

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: name
  location: location
  kind: 'linux'
  sku: {
    name: sku
    capacity: instances
  }
  properties: {
    reserved: true
  }
}

resource site 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      linuxFxVersion: 'NODE|22-lts'
      appCommandLine: 'node dist/main.js'
      alwaysOn: true
      // Not /readyz: it fails while PingPlotter is away, and a restart mends nothing then.
      healthCheckPath: '/healthz'
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
    }
  }
}

resource ftpLogin 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: site
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource appSettings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: site
  name: 'appsettings'
  properties: union(
    settings,
    toObject(
      items(secretSettings),
      setting => setting.key,
      setting => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${setting.value})'
    ),
    {
      PORT: '8080'
      // The packages are installed where they run: one of them has binaries for each platform.
      SCM_DO_BUILD_DURING_DEPLOYMENT: 'true'
      CUSTOM_BUILD_COMMAND: 'npm ci --omit=dev'
      // Seconds; the bot takes up to ten to finish what it is doing.
      WEBSITES_CONTAINER_STOP_TIME_LIMIT: '15'
    }
  )
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(workspaceId)) {
  name: 'logs'
  scope: site
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'AppServiceConsoleLogs'
        enabled: true
      }
      {
        category: 'AppServicePlatformLogs'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

@description('Resource id of the app.')
output id string = site.id

@description('Host that the bot answers at.')
output domain string = site.properties.defaultHostName
