@description('Name of the workspace.')
param name string

@description('Region.')
param location string

@description('Days that entries are kept.')
param retentionDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
  }
}

@description('Resource id, for diagnostic settings.')
output workspaceId string = workspace.id
