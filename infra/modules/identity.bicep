// An identity that a part of the deployment calls other services as. Its credentials are Azure's own: nothing has a secret.

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

@description('The client id, by which a token of this identity is asked for.')
output clientId string = identity.properties.clientId
