// Cosmos DB, serverless or autoscale, without keys: the database, and each container as its file in infra/cosmos says.
// The local host reads the same files.

@description('The account\'s name.')
param name string

@description('Where it is.')
param location string

@description('The tags of every resource.')
param tags object

@description('The database\'s name.')
param databaseName string

@description('The object id of the identity that the app runs as.')
param principalId string

@description('How far back the database can be restored to any second: 7 days cost nothing, 30 days cost by the size.')
@allowed(['Continuous7Days', 'Continuous30Days'])
param backup string

@description('0 for serverless. Otherwise the containers scale by themselves, and this is the most RU/s of the busiest one.')
@minValue(0)
param maxThroughput int

var readAndWriteDocuments = '00000000-0000-0000-0000-000000000002' // Cosmos DB Built-in Data Contributor
var containers = [
  loadJsonContent('../cosmos/members.json')
  loadJsonContent('../cosmos/favourites.json')
  loadJsonContent('../cosmos/connections.json')
  loadJsonContent('../cosmos/contacts.json')
  loadJsonContent('../cosmos/messages.json')
  loadJsonContent('../cosmos/blocks.json')
  loadJsonContent('../cosmos/reports.json')
  loadJsonContent('../cosmos/audit.json')
  loadJsonContent('../cosmos/files.json')
  loadJsonContent('../cosmos/leases.json')
]

// How much of the busiest container's throughput each one needs, in percent: docs/operations.md has the arithmetic.
var shares = {
  contacts: 100
  members: 50
  connections: 40
  messages: 30
  leases: 20
}
var smallShare = 10

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: maxThroughput == 0 ? [
      {
        name: 'EnableServerless'
      }
    ] : []
    consistencyPolicy: {
      defaultConsistencyLevel: 'Session'
    }
    locations: [
      {
        locationName: location
        failoverPriority: 0
        isZoneRedundant: false
      }
    ]
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: {
        tier: backup
      }
    }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: 'Enabled'
  }

  resource database 'sqlDatabases' = {
    name: databaseName
    properties: {
      resource: {
        id: databaseName
      }
    }

    resource container 'containers@2025-04-15' = [for settings in containers: {
      name: settings.id
      properties: {
        resource: settings
        // In whole thousands, and at least one, as autoscale wants it.
        options: maxThroughput == 0 ? {} : {
          autoscaleSettings: {
            maxThroughput: max(1000, maxThroughput * (shares[?settings.id] ?? smallShare) / 100000 * 1000)
          }
        }
      }
    }]
  }

  // The built-in role, once, on the account: every client reads the account's metadata first, which cannot be allowed on a database alone.
  // After the containers, because Cosmos DB refuses a change of roles (412) while another operation of the account runs.
  resource mayReadAndWrite 'sqlRoleAssignments' = {
    name: guid(account.id, principalId, readAndWriteDocuments)
    properties: {
      principalId: principalId
      roleDefinitionId: '${account.id}/sqlRoleDefinitions/${readAndWriteDocuments}'
      scope: account.id
    }
    dependsOn: [database::container]
  }
}

@description('The account\'s resource id, for alerts.')
output id string = account.id

@description('The account\'s name.')
output name string = account.name

@description('The account\'s endpoint.')
output endpoint string = account.properties.documentEndpoint
