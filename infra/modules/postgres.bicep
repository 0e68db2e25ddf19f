@description('Name of the server.')
param name string

@description('Region.')
param location string

@description('Size of the server.')
param sku string

@description('Password of the administrator.')
@minLength(12)
@secure()
param administratorPassword string

@description('Network that the server can be reached from.')
param virtualNetworkId string

@description('Subnet that belongs to PostgreSQL servers.')
param subnetId string

var administrator = 'bot'
var databaseName = 'bot'

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: '${name}.private.postgres.database.azure.com'
  location: 'global'
}

resource zoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: zone
  name: name
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: virtualNetworkId
    }
  }
}

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: name
  location: location
  sku: {
    name: sku
    tier: startsWith(sku, 'Standard_B') ? 'Burstable' : 'GeneralPurpose'
  }
  properties: {
    version: '17'
    administratorLogin: administrator
    administratorLoginPassword: administratorPassword
    storage: {
      storageSizeGB: 32
      autoGrow: 'Enabled'
    }
    backup: {
      backupRetentionDays: 14
      geoRedundantBackup: 'Disabled'
    }
    network: {
      delegatedSubnetResourceId: subnetId
      privateDnsZoneArmResourceId: zone.id
    }
  }
  dependsOn: [zoneLink]
}

resource database 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
  parent: server
  name: databaseName
}

@description('Host name of the server.')
output host string = server.properties.fullyQualifiedDomainName

@description('Whom the bot signs in as.')
output administrator string = administrator

@description('Name of the database.')
output database string = database.name
