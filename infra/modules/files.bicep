// Pictures and documents of members, in a storage account of their own: what it allows, it does not allow to the Functions host's locks,
// and Defender, which costs by the account and by the gigabyte, looks at nothing else. There are no shared keys.

@description('The account\'s name: 3 to 24 lower-case letters and digits.')
param name string

@description('The name of the Event Grid topic that the scan sends its results to.')
param topicName string

@description('Where both are.')
param location string

@description('The tags of every resource.')
param tags object

@description('The object id of the identity that the app runs as.')
param principalId string

@description('The origin of the web client, whose pages alone may upload and read.')
param webOrigin string

@description('How many copies there are: within a data centre (LRS), or across the zones of a region that has them (ZRS).')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param sku string

@description('How many days copies of what was reported are kept.')
@minValue(1)
param evidenceDays int

@description('How many gigabytes a month are scanned for malware at the most.')
@minValue(10)
param scanGigabytes int

@description('The largest file that a member may send, in bytes. A larger upload is not scanned, and so it is never shown.')
@minValue(1)
param largestFile int

@description('The name of the storage account with the queue for the results of the scan.')
param queueStorageName string

@description('The queue\'s name.')
param queueName string

var uploads = 'uploads' // What clients write.
var accepted = 'files' // What is served. Only the app writes it, and it is a copy of what was scanned.
var evidence = 'evidence'

// Roles by what they allow here.
var readAndWriteFiles = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // Storage Blob Data Contributor
// Storage Blob Delegator: a key for addresses that allow no more than the app may.
var signAddresses = 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'
// Storage Queue Data Message Sender: add messages, and no more.
var addMessages = 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
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

  resource blobService 'blobServices' = {
    name: 'default'
    properties: {
      // What a member deletes is gone: nothing is kept behind it.
      deleteRetentionPolicy: {
        enabled: false
      }
      cors: {
        corsRules: [
          {
            allowedOrigins: [webOrigin]
            allowedMethods: ['GET', 'HEAD', 'PUT']
            allowedHeaders: ['content-type', 'x-ms-blob-type']
            exposedHeaders: ['ETag', 'x-ms-error-code', 'x-ms-request-id']
            maxAgeInSeconds: 600
          }
        ]
      }
    }

    resource container 'containers' = [for name in [uploads, accepted, evidence]: {
      name: name
    }]
  }

  // An upload of which nothing was made goes after a day, whatever stopped it.
  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: uploads
            type: 'Lifecycle'
            definition: {
              filters: {
                // Whoever may create a blob may create one that can be appended to.
                blobTypes: ['blockBlob', 'appendBlob']
                prefixMatch: ['${uploads}/']
              }
              actions: {
                baseBlob: {
                  delete: {
                    daysAfterModificationGreaterThan: 1
                  }
                }
                // And snapshots of it: a blob that has some is not deleted.
                snapshot: {
                  delete: {
                    daysAfterCreationGreaterThan: 1
                  }
                }
              }
            }
          }
          {
            name: evidence
            type: 'Lifecycle'
            definition: {
              filters: {
                blobTypes: ['blockBlob']
                prefixMatch: ['${evidence}/']
              }
              actions: {
                baseBlob: {
                  delete: {
                    daysAfterModificationGreaterThan: evidenceDays
                  }
                }
              }
            }
          }
        ]
      }
    }
    dependsOn: [blobService]
  }
}

resource mayReadAndWriteFiles 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, readAndWriteFiles)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', readAndWriteFiles)
  }
}

resource maySignAddresses 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, signAddresses)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', signAddresses)
  }
}

// The scan takes a topic of one's own, in the schema of Event Grid.
resource topic 'Microsoft.EventGrid/topics@2025-02-15' = {
  name: topicName
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    inputSchema: 'EventGridSchema'
    minimumTlsVersionAllowed: '1.2'
    publicNetworkAccess: 'Enabled'
  }
}

resource queueAccount 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: queueStorageName
}

resource mayAddResults 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(queueAccount.id, topic.id, addMessages)
  scope: queueAccount
  properties: {
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', addMessages)
  }
}

resource results 'Microsoft.EventGrid/topics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'scanned'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    deliveryWithResourceIdentity: {
      identity: {
        type: 'SystemAssigned'
      }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: queueAccount.id
          queueName: queueName
          // By then the upload is gone.
          queueMessageTimeToLiveInSeconds: 172800
        }
      }
    }
    filter: {
      includedEventTypes: ['Microsoft.Security.MalwareScanningResult']
      subjectBeginsWith: 'storageAccounts/${name}/containers/${uploads}/'
    }
  }
  dependsOn: [mayAddResults]
}

// Scans each upload once; the copies that the app makes of it are what was scanned.
resource scan 'Microsoft.Security/defenderForStorageSettings@2025-06-01' = {
  name: 'current'
  scope: account
  properties: {
    isEnabled: true
    overrideSubscriptionLevelSettings: true
    malwareScanning: {
      onUpload: {
        isEnabled: true
        capGBPerMonth: scanGigabytes
        filters: {
          excludeBlobsWithPrefix: ['${accepted}/', '${evidence}/']
          // No upload that is too large to be sent uses up the month's gigabytes.
          excludeBlobsLargerThan: largestFile
        }
      }
      scanResultsEventGridTopicResourceId: topic.id
    }
    sensitiveDataDiscovery: {
      isEnabled: false
    }
  }
  dependsOn: [results]
}

@description('The blob service.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('Its origin, for the web client\'s policy.')
output origin string = 'https://${split(account.properties.primaryEndpoints.blob, '/')[2]}'
