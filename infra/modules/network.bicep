@description('Name of the virtual network.')
param name string

@description('Region.')
param location string

@description('Service that the bot runs in, which its subnet is given to.')
@allowed(['Microsoft.Web/serverFarms', 'Microsoft.App/environments'])
param appDelegation string

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: ['10.20.0.0/24']
    }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.20.0.0/26'
          delegations: [
            {
              name: 'app'
              properties: {
                serviceName: appDelegation
              }
            }
          ]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.20.0.64/28'
          delegations: [
            {
              name: 'database'
              properties: {
                serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers'
              }
            }
          ]
        }
      }
    ]
  }
}

@description('Resource id of the network.')
output virtualNetworkId string = network.id

@description('Subnet that the bot goes out through.')
output appSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'app')

@description('Subnet of the database server.')
output databaseSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'database')
