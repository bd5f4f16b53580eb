// Reports of emails that did not arrive: Event Grid puts them into a queue of the app's storage account. Those that arrived are not asked
// for, nor who opened an email or followed a link.

@description('The Event Grid system topic\'s name.')
param name string

@description('The tags of every resource.')
param tags object

@description('The name of the Communication Services resource that sends the emails.')
param communicationName string

@description('The name of the storage account with the queue.')
param storageName string

@description('The queue\'s name.')
param queueName string

// Storage Queue Data Message Sender: add messages, and no more.
var addMessages = 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'

resource communication 'Microsoft.Communication/communicationServices@2025-09-01' existing = {
  name: communicationName
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  // Where its source is.
  location: 'global'
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    source: communication.id
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

// Event Grid puts reports into the queue; the account takes no keys.
resource mayAddReports 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, topic.id, addMessages)
  scope: account
  properties: {
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', addMessages)
  }
}

resource reports 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'undelivered'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    deliveryWithResourceIdentity: {
      identity: {
        type: 'SystemAssigned'
      }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: account.id
          queueName: queueName
          // A report that nobody took for a week says nothing new.
          queueMessageTimeToLiveInSeconds: 604800
        }
      }
    }
    filter: {
      includedEventTypes: ['Microsoft.Communication.EmailDeliveryReportReceived']
      advancedFilters: [
        {
          operatorType: 'StringIn'
          key: 'data.status'
          values: ['Bounced', 'Suppressed', 'Failed', 'Quarantined', 'FilteredSpam']
        }
      ]
    }
  }
  dependsOn: [mayAddReports]
}
