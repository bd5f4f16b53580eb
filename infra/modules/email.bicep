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

@description('Whether the customer\'s domain is verified. Until then emails come from the Azure-managed domain, and the output says which DNS records to set.')
param customDomainVerified bool

@description('The part of the sender\'s address before the @, on the customer\'s domain.')
param senderName string

@description('What recipients see as the sender\'s name.')
param senderDisplayName string

@description('The object id of the identity that the app runs as.')
param principalId string

// Communication and Email Service Owner. The built-in role, because one of our own would outlive the deployment.
var sendEmails = '09976791-48a7-449e-bb21-39d1a415f350'
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

resource communication 'Microsoft.Communication/communicationServices@2023-04-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    linkedDomains: usesCustomDomain ? [emailService::customerDomain.id] : [emailService::azureDomain.id]
  }
}

// The function app sends emails and asks what became of them.
resource maySendEmails 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(communication.id, principalId, sendEmails)
  scope: communication
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', sendEmails)
  }
}

@description('The endpoint that emails are sent to.')
output endpoint string = 'https://${communication.properties.hostName}'

@description('The address that emails come from.')
output sender string = usesCustomDomain ? '${senderName}@${customDomain}' : 'DoNotReply@${emailService::azureDomain.properties.fromSenderDomain}'

@description('The DNS records that the customer\'s domain needs, until it is verified.')
output dnsRecords object = hasCustomDomain ? emailService::customerDomain!.properties.verificationRecords : {}
