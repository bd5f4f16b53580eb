// The function app, on a Flex Consumption plan. Its settings name services and identities; none of them is a secret.

@description('The plan\'s name.')
param planName string

@description('The function app\'s name.')
param name string

@description('Where they are: a region that has Flex Consumption.')
param location string

@description('The tags of every resource.')
param tags object

@description('The resource id of the identity that the app runs as.')
param identityId string

@description('The client id of the identity that the app runs as.')
param identityClientId string

@description('The resource id of the identity that alone may read and write the app\'s package.')
param packageIdentityId string

@description('Where the app\'s package lies.')
param packageContainerUrl string

@description('The blob service of the storage account that the app works with.')
param blobEndpoint string

@description('The storage account\'s queue service.')
param queueEndpoint string

@description('The storage account\'s table service.')
param tableEndpoint string

@description('Where telemetry is sent.')
param insightsConnectionString string

@description('The origin of the web client, which alone may call from a browser.')
param webOrigin string

@description('Where the services are and whom the app trusts, by the names of the app\'s settings.')
param settings object

@description('The product\'s limits and times, by the names of the app\'s settings.')
param limits object

@description('Memory of an instance, in MB.')
@allowed([512, 2048, 4096])
param instanceMemory int

@description('The most instances at once.')
@minValue(40)
@maxValue(1000)
param instancesAtMost int

@description('Always-ready instances of each change feed and notice function. 0 costs nothing; an email can then wait for a cold start.')
@minValue(0)
param alwaysReadyNotices int

@description('Instances that are always ready for HTTP calls.')
@minValue(0)
param alwaysReadyHttp int

// From a change to its email.
var noticeFunctions = [
  'OnConnectionChanged'
  'OnMemberChanged'
  'SendNotice'
]
var readyForNotices = [for function in noticeFunctions: {
  name: 'function:${function}'
  instanceCount: alwaysReadyNotices
}]
var readyForHttp = [
  {
    name: 'http'
    instanceCount: alwaysReadyHttp
  }
]

// What the Functions host itself reads, and the prefixes of the triggers' connections.
var hostSettings = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__queueServiceUri: queueEndpoint
  AzureWebJobsStorage__tableServiceUri: tableEndpoint
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  Cosmos__credential: 'managedidentity'
  Cosmos__clientId: identityClientId
  Storage__queueServiceUri: queueEndpoint
  Storage__credential: 'managedidentity'
  Storage__clientId: identityClientId
  Azure__ClientId: identityClientId
}
var allSettings = union(hostSettings, limits, settings)

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
      '${packageIdentityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      cors: {
        allowedOrigins: [webOrigin]
        supportCredentials: false
      }
      appSettings: [for setting in items(allSettings): {
        name: setting.key
        value: setting.value
      }]
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: packageIdentityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemory
        maximumInstanceCount: instancesAtMost
        alwaysReady: concat(alwaysReadyNotices > 0 ? readyForNotices : [], alwaysReadyHttp > 0 ? readyForHttp : [])
      }
    }
  }
}

@description('The function app\'s name.')
output name string = app.name
