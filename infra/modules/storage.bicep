// The storage account that the app works with: the Functions host's own locks, and the notice queue. There are no shared keys.

@description('The account\'s name: 3 to 24 lower-case letters and digits.')
param name string

@description('Where it is.')
param location string

@description('The tags of every resource.')
param tags object

@description('The object id of the identity that the app runs as.')
param principalId string

@description('The queues to make. Each gets a poison queue beside it, where messages go that failed five times.')
param queues string[]

// Roles by what they allow here.
var hostLocks = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner: the host's locks and schedules.
// Storage Queue Data Contributor: send, receive, and move to the poison queue.
var sendAndReceiveMessages = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var hostDiagnostics = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor: the host's diagnostic events.

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queue 'queues' = [for name in queues: {
      name: name
    }]

    resource poisonQueue 'queues' = [for name in queues: {
      name: '${name}-poison'
    }]
  }
}

// The function app keeps its locks and schedules in blobs.
resource mayKeepHostState 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, hostLocks)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', hostLocks)
  }
}

// The function app queues notices and takes them.
resource mayUseQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, sendAndReceiveMessages)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', sendAndReceiveMessages)
  }
}

// The Functions host writes its diagnostic events to a table.
resource mayWriteDiagnostics 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, hostDiagnostics)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', hostDiagnostics)
  }
}

@description('The account\'s name.')
output name string = account.name

@description('The blob service, which the Functions host keeps its locks in.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('The queue service.')
output queueEndpoint string = account.properties.primaryEndpoints.queue

@description('The table service, which the Functions host writes diagnostics to.')
output tableEndpoint string = account.properties.primaryEndpoints.table
