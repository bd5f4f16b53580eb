// All of Connections in one resource group. `azd up` deploys it; running it again changes nothing that is right.
targetScope = 'subscription'

@description('The environment\'s name: it names the resource group, and with the location all that is in it.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Where it runs: a region that has Flex Consumption.')
@minLength(1)
param location string

@description('Where the web client is managed from; its files are served from everywhere.')
@allowed(['westus2', 'centralus', 'eastus2', 'westeurope', 'eastasia'])
param webLocation string = 'westeurope'

@description('Whose tokens the API takes: the issuer, exactly as its discovery document says it.')
param identityIssuer string

@description('What the tokens must be for: their audience.')
param identityAudience string

@description('The issuer\'s discovery document, where it is not below the issuer itself.')
param identityMetadata string = ''

@description('The claim that is the member\'s id.')
param identityIdClaim string = 'oid'

@description('The client id that the web client signs in with. Register <web address>/signed-in as its redirect address.')
param webClientId string

@description('What the web client asks the issuer for, separated by spaces: openid, and the scope of the API.')
param webScope string

@description('The oldest version of each app that is served, such as ios=1.4.0 android=1.4.2; empty if all are.')
param oldestClients string = ''

@description('The hosts of the pictures of creators that are loaded in bulk, such as cdn.example.com, with spaces between them.')
param avatarHosts string = ''

@description('Who gets reports of abuse, and questions of members: the customer success manager.')
param supportAddress string

@description('Who is told of alerts and of the budget; empty for nobody.')
param alertEmail string = ''

@description('What all may cost a month before somebody is told, in the currency of the subscription; 0 for no budget.')
@minValue(0)
param monthlyBudget int = 0

@description('The first day of the month that the budget begins in, as yyyy-MM-dd; a hook sets it once.')
param budgetStart string = utcNow('yyyy-MM-01')

@description('The address of the web client on a domain of its own, such as https://connect.example.com; empty for the generated one.')
param webAddress string = ''

@description('The address of the API where it has a domain of its own, such as https://api.example.com; empty for the generated one.')
param apiAddress string = ''

@description('Free, or Standard with a service level.')
@allowed(['Free', 'Standard'])
param webSku string = 'Free'

@description('Web PubSub: Free_F1 for a trial (20 clients at once), Standard_S1 for use.')
@allowed(['Free_F1', 'Standard_S1'])
param realtimeSku string = 'Free_F1'

@description('Units of Web PubSub: with Standard_S1 one for each 1,000 clients that are open at once.')
@minValue(1)
param realtimeUnits int = 1

@description('Where the email service keeps its data at rest.')
@allowed([
  'Africa', 'Asia Pacific', 'Australia', 'Brazil', 'Canada', 'Europe', 'France', 'Germany', 'India', 'Japan', 'Korea', 'Norway'
  'Switzerland', 'UAE', 'UK', 'United States'
])
param emailDataLocation string = 'Europe'

@description('A domain of one\'s own that emails come from; empty for the Azure-managed one.')
param emailDomain string = ''

@description('Whether that domain\'s DNS records are verified; until then emails come from the Azure-managed one.')
param emailDomainVerified bool = false

@description('The part before the @ of the sender\'s address on one\'s own domain.')
param emailSenderName string = 'connections'

@description('What recipients see as the sender\'s name, on one\'s own domain.')
param emailSenderDisplayName string = 'Connections'

@description('0 for a serverless database. Otherwise it scales by itself up to so many request units a second for its busiest container.')
@minValue(0)
param databaseMaxThroughput int = 0

@description('How far back the database can be restored: 7 days cost nothing.')
@allowed(['Continuous7Days', 'Continuous30Days'])
param databaseBackup string = 'Continuous7Days'

@description('How many copies of members\' files there are: within a data centre, or across the zones of a region that has them.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param fileRedundancy string = 'Standard_LRS'

@description('How many gigabytes of files are scanned for malware in a month at the most. A file that is not scanned is not shown.')
@minValue(10)
param fileScanGigabytes int = 100

@description('How many days logs and figures are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Memory of a function instance, in MB.')
@allowed([512, 2048, 4096])
param instanceMemory int = 2048

@description('The most function instances at once.')
@minValue(40)
@maxValue(1000)
param instancesAtMost int = 100

@description('Always-ready instances for each change feed and notice function. With 0 an email can wait for a cold start.')
@minValue(0)
param alwaysReadyNotices int = 1

@description('Always-ready instances for HTTP calls.')
@minValue(0)
param alwaysReadyHttp int = 0

var abbreviations = loadJsonContent('abbreviations.json')
// The product's own limits and times: change them there.
var limits = loadJsonContent('settings.json')
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = {
  'azd-env-name': environmentName
}
var databaseName = 'connections'
var noticeQueue = 'notices'
var reportQueue = 'delivery-reports'
var scanQueue = 'file-scans'
var hubName = 'connections'
// An issuer's name may end in a slash.
var issuerAddress = endsWith(identityIssuer, '/') ? take(identityIssuer, length(identityIssuer) - 1) : identityIssuer
var apiOrigin = empty(apiAddress) ? 'https://${abbreviations.functions}${token}.azurewebsites.net' : apiAddress

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: '${abbreviations.resourceGroup}${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: '${abbreviations.identity}${token}'
    location: location
    tags: tags
  }
}

module packageIdentity 'modules/identity.bicep' = {
  name: 'package-identity'
  scope: group
  params: {
    name: '${abbreviations.identity}package-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: '${abbreviations.workspace}${token}'
    insightsName: '${abbreviations.insights}${token}'
    location: location
    tags: tags
    retentionDays: logRetentionDays
    principalId: identity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: '${abbreviations.storage}${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    queues: [noticeQueue, reportQueue, scanQueue]
  }
}

module package 'modules/package.bicep' = {
  name: 'package'
  scope: group
  params: {
    name: '${abbreviations.packageStorage}${token}'
    location: location
    tags: tags
    principalId: packageIdentity.outputs.principalId
  }
}

module database 'modules/database.bicep' = {
  name: 'database'
  scope: group
  params: {
    name: '${abbreviations.cosmos}${token}'
    location: location
    tags: tags
    databaseName: databaseName
    principalId: identity.outputs.principalId
    backup: databaseBackup
    maxThroughput: databaseMaxThroughput
  }
}

module realtime 'modules/realtime.bicep' = {
  name: 'realtime'
  scope: group
  params: {
    name: '${abbreviations.webPubSub}${token}'
    location: location
    tags: tags
    sku: realtimeSku
    units: realtimeUnits
    principalId: identity.outputs.principalId
    hubName: hubName
    eventsUrl: '${apiOrigin}/api/realtime/events'
  }
}

module email 'modules/email.bicep' = {
  name: 'email'
  scope: group
  params: {
    name: '${abbreviations.communication}${token}'
    emailName: '${abbreviations.email}${token}'
    dataLocation: emailDataLocation
    tags: tags
    customDomain: emailDomain
    customDomainVerified: emailDomainVerified
    senderName: emailSenderName
    senderDisplayName: emailSenderDisplayName
    principalId: identity.outputs.principalId
  }
}

module delivery 'modules/delivery.bicep' = {
  name: 'delivery'
  scope: group
  params: {
    name: '${abbreviations.systemTopic}${token}'
    tags: tags
    communicationName: email.outputs.name
    storageName: storage.outputs.name
    queueName: reportQueue
  }
}

module files 'modules/files.bicep' = {
  name: 'files'
  scope: group
  params: {
    name: '${abbreviations.fileStorage}${token}'
    topicName: '${abbreviations.topic}${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    webOrigin: web.outputs.origin
    sku: fileRedundancy
    // As long as the trail of what moderators did.
    evidenceDays: int(split(limits.Moderation__KeepAudit, '.')[0])
    scanGigabytes: fileScanGigabytes
    largestFile: max(int(limits.Files__MaxDocument), int(limits.Files__MaxPicture))
    queueStorageName: storage.outputs.name
    queueName: scanQueue
  }
}

module web 'modules/web.bicep' = {
  name: 'web'
  scope: group
  params: {
    name: '${abbreviations.staticWebApp}${token}'
    location: webLocation
    tags: tags
    sku: webSku
    address: webAddress
  }
}

module functions 'modules/functions.bicep' = {
  name: 'functions'
  scope: group
  params: {
    planName: '${abbreviations.plan}${token}'
    name: '${abbreviations.functions}${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    packageIdentityId: packageIdentity.outputs.id
    packageContainerUrl: package.outputs.containerUrl
    blobEndpoint: storage.outputs.blobEndpoint
    queueEndpoint: storage.outputs.queueEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    insightsConnectionString: monitoring.outputs.connectionString
    webOrigin: web.outputs.origin
    instanceMemory: instanceMemory
    instancesAtMost: instancesAtMost
    alwaysReadyNotices: alwaysReadyNotices
    alwaysReadyHttp: alwaysReadyHttp
    limits: limits
    settings: {
      Cosmos__accountEndpoint: database.outputs.endpoint
      // The SDK plans queries itself on Linux too, which saves a request for each sorted query. Its planner writes lines to the console;
      // host.json keeps them out of the log.
      AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX: 'true'
      Storage__blobServiceUri: files.outputs.blobEndpoint
      WebPubSub__Endpoint: realtime.outputs.endpoint
      Email__Endpoint: email.outputs.endpoint
      Email__Sender: email.outputs.sender
      Identity__Issuer: identityIssuer
      Identity__Audience: identityAudience
      Identity__IdClaim: identityIdClaim
      Identity__Metadata: empty(identityMetadata) ? '${issuerAddress}/.well-known/openid-configuration' : identityMetadata
      Safety__SupportAddress: supportAddress
      Clients__Ids: 'web=${webClientId}'
      Clients__Oldest: oldestClients
      Clients__Scope: webScope
      Load__AvatarHosts: avatarHosts
      Web__BaseUrl: web.outputs.origin
      Api__BaseUrl: apiOrigin
    }
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    namePrefix: '${abbreviations.alert}${token}-'
    actionGroupName: '${abbreviations.actionGroup}${token}'
    location: location
    tags: tags
    emailAddress: alertEmail
    workspaceId: monitoring.outputs.workspaceId
    cosmosId: database.outputs.id
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0) {
  name: 'budget'
  scope: group
  params: {
    name: '${abbreviations.budget}${token}'
    amount: max(monthlyBudget, 1)
    startDate: budgetStart
    emailAddress: alertEmail
    actionGroupId: alerts.outputs.actionGroupId
  }
}

@description('The resource group that holds all of it.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The origin of the API.')
output API_ORIGIN string = apiOrigin

@description('The origin of the web client.')
output WEB_ORIGIN string = web.outputs.origin

@description('The host that the web client opens its live connection to.')
output REALTIME_HOST string = realtime.outputs.hostName

@description('The origin that the web client uploads files to and shows them from.')
output FILES_ORIGIN string = files.outputs.origin

@description('For the web client\'s configuration: the hosts of pictures.')
output AVATAR_HOSTS string = avatarHosts

@description('For the web client\'s configuration: whose tokens.')
output IDENTITY_ISSUER string = identityIssuer

@description('For the web client\'s configuration: as which client it signs in.')
output WEB_CLIENT_ID string = webClientId

@description('For the web client\'s configuration: what it asks the issuer for.')
output WEB_SCOPE string = webScope

@description('For the web client\'s configuration: the customer success manager.')
output SUPPORT_ADDRESS string = supportAddress

@description('The account with the notice queue, for the command that replays poisoned notices.')
output STORAGE_QUEUE_ENDPOINT string = storage.outputs.queueEndpoint

@description('The address that emails come from.')
output EMAIL_SENDER string = email.outputs.sender

@description('The DNS records to set for one\'s own email domain.')
output EMAIL_DNS_RECORDS object = email.outputs.dnsRecords
