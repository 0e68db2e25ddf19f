@description('Name of the Azure Bot.')
param name string

@description('What people see in Azure.')
param displayName string

@description('F0 or S1.')
param sku string

@description('UserAssignedMSI or SingleTenant.')
param appType string

@description('Client id of the managed identity or of the app registration.')
@minLength(36)
param appId string

@description('Tenant of the bot.')
param tenantId string

@description('Resource id of the managed identity for UserAssignedMSI; else empty.')
param identityId string

@description('Host that the bot answers at.')
param domain string

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: name
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: sku
  }
  properties: {
    displayName: displayName
    endpoint: 'https://${domain}/api/messages'
    msaAppType: appType
    msaAppId: appId
    msaAppTenantId: tenantId
    msaAppMSIResourceId: empty(identityId) ? null : identityId
    // No shared keys, as Direct Line and web chat have them: only Teams reaches the bot.
    disableLocalAuth: true
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
    }
  }
}
