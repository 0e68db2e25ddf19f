@description('Name of the vault.')
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Managed identity that may read the secrets.')
param readerPrincipalId string

@description('Key of the PingPlotter API; empty keeps the one that is there.')
@secure()
param pingPlotterApiKey string

@description('Secret of the webhook; empty keeps the one that is there.')
@secure()
param webhookSecret string

@description('Address of the database with the password in it; empty without PostgreSQL.')
@secure()
param databaseUrl string

// The built-in role "Key Vault Secrets User".
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 7
  }
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, readerPrincipalId, secretsUser)
  scope: vault
  properties: {
    principalId: readerPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

resource apiKey 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(pingPlotterApiKey)) {
  parent: vault
  name: 'pingplotter-api-key'
  properties: {
    value: pingPlotterApiKey
  }
}

resource webhookKey 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(webhookSecret)) {
  parent: vault
  name: 'webhook-secret'
  properties: {
    value: webhookSecret
  }
}

resource databaseAddress 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(databaseUrl)) {
  parent: vault
  name: 'database-url'
  properties: {
    value: databaseUrl
  }
}

@description('Name of the vault.')
output name string = vault.name

@description('Address of the vault, with a slash at its end.')
output uri string = vault.properties.vaultUri
