@description('Name of the environment and of the app.')
param name string

@description('Region.')
param location string

@description('Image of the bot, with its registry and tag.')
@minLength(1)
param image string

@description('Registry that the managed identity may pull from; empty if anybody may.')
param registryServer string

@description('vCPUs of each container.')
param cpu string

@description('How many instances run.')
param instances int

@description('Managed identity that the app runs as, and reads vault and registry as.')
param identityId string

@description('Settings of the bot by their names.')
param settings object

@description('Settings of the bot that stand in the vault: the name of the secret by the name of the setting.')
param secretSettings object

@description('Address of the vault, with a slash at its end.')
param vaultUri string

@description('Subnet that the app runs in; empty for none.')
param subnetId string

@description('Log Analytics workspace; empty for none.')
param workspaceId string

var port = 8080
var memory = {
  '0.5': '1Gi'
  '1.0': '2Gi'
  '2.0': '4Gi'
}
var plain = union(settings, { PORT: string(port) })

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: name
  location: location
  properties: {
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
    vnetConfiguration: empty(subnetId)
      ? null
      : {
          infrastructureSubnetId: subnetId
          internal: false
        }
    appLogsConfiguration: {
      destination: empty(workspaceId) ? null : 'azure-monitor'
    }
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: port
        transport: 'http'
        allowInsecure: false
      }
      registries: empty(registryServer)
        ? []
        : [
            {
              server: registryServer
              identity: identityId
            }
          ]
      // Without a version in its address, a secret follows what is newest in the vault.
      secrets: map(items(secretSettings), setting => {
        name: setting.value
        keyVaultUrl: '${vaultUri}secrets/${setting.value}'
        identity: identityId
      })
    }
    template: {
      containers: [
        {
          name: 'bot'
          image: image
          resources: {
            cpu: json(cpu)
            memory: memory[cpu]
          }
          env: concat(
            map(items(plain), setting => {
              name: setting.key
              value: setting.value
            }),
            map(items(secretSettings), setting => {
              name: setting.key
              secretRef: setting.value
            })
          )
          // Never /readyz: it fails while PingPlotter is away. A restart mends nothing then, and a bot that
          // is out of the ingress cannot tell people so.
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/healthz'
                port: port
              }
              periodSeconds: 5
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/healthz'
                port: port
              }
              periodSeconds: 15
              timeoutSeconds: 5
              failureThreshold: 4
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/healthz'
                port: port
              }
              periodSeconds: 5
              timeoutSeconds: 5
            }
          ]
        }
      ]
      // Never none: the bot watches the fleet also while nobody talks to it.
      scale: {
        minReplicas: instances
        maxReplicas: instances
      }
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(workspaceId)) {
  name: 'logs'
  scope: environment
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'ContainerAppConsoleLogs'
        enabled: true
      }
      {
        category: 'ContainerAppSystemLogs'
        enabled: true
      }
    ]
  }
}

@description('Resource id of the app.')
output id string = app.id

@description('Host that the bot answers at.')
output domain string = app.properties.configuration.ingress.fqdn
