// Who the function app is when it calls other services. No other part of the deployment has an identity, and nothing has a secret.

@description('The identity\'s name.')
param name string

@description('Where it is.')
param location string

@description('The tags of every resource.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

@description('The resource id, for the services that run as this identity.')
output id string = identity.id

@description('The object id, for role assignments.')
output principalId string = identity.properties.principalId

@description('The client id, by which the app asks for a token of this identity.')
output clientId string = identity.properties.clientId
