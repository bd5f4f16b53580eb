// Where the function app's package lies: an account of its own, so that the app's identity cannot change the code that it runs.

@description('The account\'s name: 3 to 24 lower-case letters and digits.')
param name string

@description('Where it is.')
param location string

@description('The tags of every resource.')
param tags object

@description('The object id of the identity that reads and writes the package. The app does not run as this identity.')
param principalId string

var containerName = 'app-package'
var readAndWritePackage = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // Storage Blob Data Contributor

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

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: {
        enabled: true
        days: 7
      }
    }

    resource packages 'containers' = {
      name: containerName
      properties: {
        publicAccess: 'None'
      }
    }
  }
}

// A deployment writes the package, and each instance that starts reads it.
resource mayReadAndWritePackage 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, readAndWritePackage)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', readAndWritePackage)
  }
}

@description('Where the function app\'s package lies.')
output containerUrl string = '${account.properties.primaryEndpoints.blob}${containerName}'
