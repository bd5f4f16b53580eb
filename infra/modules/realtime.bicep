// Web PubSub: the live events of members' open clients. Without keys; clients get short-lived URLs from the app.

@description('The service\'s name.')
param name string

@description('Where it is.')
param location string

@description('The tags of every resource.')
param tags object

@description('Free_F1 takes 20 connections and 20,000 messages a day, Standard_S1 1,000 connections a unit.')
@allowed(['Free_F1', 'Standard_S1'])
param sku string

@description('How many units: 1 for Free_F1; with Standard_S1, one for each 1,000 clients that are open at once.')
param units int

@description('The object id of the identity that the app runs as.')
param principalId string

@description('The hub that all clients connect to.')
param hubName string

@description('Where the app is asked whether a client may connect.')
param eventsUrl string

// Web PubSub Service Owner: sends events and makes client URLs. There is no narrower built-in role that may do both.
var sendEventsAndMakeUrls = '12cf5a90-567b-43ae-8102-96cf46c7d9b4'

resource service 'Microsoft.SignalRService/webPubSub@2024-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'WebPubSub'
  sku: {
    name: sku
    capacity: units
  }
  properties: {
    disableLocalAuth: true
    publicNetworkAccess: 'Enabled'
    tls: {
      clientCertEnabled: false
    }
  }
}

// Before a client's socket opens, the app is asked; it needs no key for that, because the client's own URL carries the proof.
resource hub 'Microsoft.SignalRService/webPubSub/hubs@2024-03-01' = {
  parent: service
  name: hubName
  properties: {
    anonymousConnectPolicy: 'deny'
    eventHandlers: [
      {
        urlTemplate: eventsUrl
        systemEvents: ['connect']
      }
    ]
  }
}

// The function app sends live events and makes client URLs.
resource maySendEvents 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(service.id, principalId, sendEventsAndMakeUrls)
  scope: service
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', sendEventsAndMakeUrls)
  }
}

@description('The service\'s endpoint.')
output endpoint string = 'https://${service.properties.hostName}'

@description('The service\'s host, which the web client opens its socket to.')
output hostName string = service.properties.hostName
