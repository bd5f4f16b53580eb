// Communication Services Email. From an Azure-managed domain at once; from the customer's own once its DNS records are verified.

@description('The Communication Services resource\'s name.')
param name string

@description('The Email Communication Services resource\'s name.')
param emailName string

@description('Where the data is at rest, such as Europe or United States.')
param dataLocation string

@description('The tags of every resource.')
param tags object

@description('The customer\'s domain to send from, such as mail.example.com; empty for the Azure-managed one alone.')
param customDomain string

@description('Whether the customer\'s domain is verified. Until then emails come from the Azure-managed domain.')
param customDomainVerified bool

@description('The part of the sender\'s address before the @, on the customer\'s domain.')
param senderName string

@description('What recipients see as the sender\'s name.')
param senderDisplayName string

@description('The object id of the identity that the app runs as.')
param principalId string

var hasCustomDomain = !empty(customDomain)
var usesCustomDomain = hasCustomDomain && customDomainVerified

resource emailService 'Microsoft.Communication/emailServices@2023-04-01' = {
  name: emailName
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
  }

  resource azureDomain 'domains' = {
    name: 'AzureManagedDomain'
    location: 'global'
    tags: tags
    properties: {
      domainManagement: 'AzureManaged'
      userEngagementTracking: 'Disabled'
    }
  }

  resource customerDomain 'domains' = if (hasCustomDomain) {
    name: hasCustomDomain ? customDomain : 'none.invalid'
    location: 'global'
    tags: tags
    properties: {
      domainManagement: 'CustomerManaged'
      // Links in emails are secrets: they must not be rewritten to lead through a tracker.
      userEngagementTracking: 'Disabled'
    }

    resource sender 'senderUsernames' = if (usesCustomDomain) {
      name: senderName
      properties: {
        username: senderName
        displayName: senderDisplayName
      }
    }
  }
}

resource communication 'Microsoft.Communication/communicationServices@2025-09-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    disableLocalAuth: true
    linkedDomains: usesCustomDomain ? [emailService::customerDomain.id] : [emailService::azureDomain.id]
  }
}

// What sending by an identity takes, by Microsoft's own documentation, and no more. The built-in role, Communication and Email Service
// Owner, may list and regenerate keys, delete the resources, and change the domains and what is suppressed.
resource sendEmails 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(communication.id, 'sends emails')
  properties: {
    // Role names are unique in the whole tenant.
    roleName: 'Connections: sends emails (${name})'
    description: 'Sends emails and asks what became of them.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          'Microsoft.Communication/CommunicationServices/Read'
          'Microsoft.Communication/CommunicationServices/Write'
          'Microsoft.Communication/EmailServices/write'
        ]
      }
    ]
  }
}

// The function app sends emails and asks what became of them.
resource maySendEmails 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(communication.id, principalId, sendEmails.name)
  scope: communication
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', sendEmails.name)
  }
}

@description('The resource\'s name.')
output name string = communication.name

@description('The endpoint that emails are sent to.')
output endpoint string = 'https://${communication.properties.hostName}'

@description('The address that emails come from.')
output sender string = usesCustomDomain
  ? '${senderName}@${customDomain}'
  : 'DoNotReply@${emailService::azureDomain.properties.fromSenderDomain}'

@description('The DNS records that the customer\'s domain needs, until it is verified.')
output dnsRecords object = hasCustomDomain ? emailService::customerDomain!.properties.verificationRecords : {}
