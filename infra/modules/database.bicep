// Cosmos DB, serverless, without keys: the database, and each container as its file in infra/cosmos says. The local host reads the same files.

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

var containers = [
  loadJsonContent('../cosmos/members.json')
  loadJsonContent('../cosmos/favourites.json')
  loadJsonContent('../cosmos/connections.json')
  loadJsonContent('../cosmos/contacts.json')
  loadJsonContent('../cosmos/messages.json')
  loadJsonContent('../cosmos/blocks.json')
  loadJsonContent('../cosmos/reports.json')
  loadJsonContent('../cosmos/leases.json')
]

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: [
      {
        name: 'EnableServerless'
      }
    ]
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
      }
    }]
  }

  // Every client reads where the account is before it does anything else; that cannot be allowed on a database alone.
  resource findsItsWay 'sqlRoleDefinitions' = {
    name: guid(account.id, 'reads the account\'s metadata')
    properties: {
      roleName: 'Connections: reads the account\'s metadata'
      type: 'CustomRole'
      assignableScopes: [account.id]
      permissions: [
        {
          dataActions: ['Microsoft.DocumentDB/databaseAccounts/readMetadata']
        }
      ]
    }
  }

  resource readsAndWrites 'sqlRoleDefinitions' = {
    name: guid(account.id, 'reads and writes documents')
    properties: {
      roleName: 'Connections: reads and writes documents'
      type: 'CustomRole'
      assignableScopes: ['${account.id}/dbs/${databaseName}']
      permissions: [
        {
          dataActions: [
            'Microsoft.DocumentDB/databaseAccounts/readMetadata'
            'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/*'
            'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/executeQuery'
            'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/readChangeFeed'
          ]
        }
      ]
    }
  }

  resource mayFindItsWay 'sqlRoleAssignments' = {
    name: guid(account.id, principalId, 'reads the account\'s metadata')
    properties: {
      principalId: principalId
      roleDefinitionId: findsItsWay.id
      scope: account.id
    }
  }

  resource mayReadAndWrite 'sqlRoleAssignments' = {
    name: guid(account.id, principalId, 'reads and writes documents')
    properties: {
      principalId: principalId
      roleDefinitionId: readsAndWrites.id
      scope: '${account.id}/dbs/${databaseName}'
    }
    dependsOn: [database]
  }
}

@description('The account\'s resource id, for alerts.')
output id string = account.id

@description('The account\'s name.')
output name string = account.name

@description('The account\'s endpoint.')
output endpoint string = account.properties.documentEndpoint
