// Logs, figures and traces: one workspace, and Application Insights on it, which takes telemetry from identities alone.

@description('The Log Analytics workspace\'s name.')
param workspaceName string

@description('The Application Insights resource\'s name.')
param insightsName string

@description('Where they are.')
param location string

@description('The tags of every resource.')
param tags object

@description('How many days logs and figures are kept.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('The object id of the identity that the app runs as.')
param principalId string

var publishTelemetry = '3913510d-42f4-4e42-8a64-420c390055eb' // Monitoring Metrics Publisher

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    retentionInDays: retentionDays
    sku: {
      name: 'PerGB2018'
    }
    features: {
      disableLocalAuth: true
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
    DisableIpMasking: false
  }
}

// The function app sends its logs, figures and traces.
resource mayPublishTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, principalId, publishTelemetry)
  scope: insights
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', publishTelemetry)
  }
}

@description('The workspace\'s resource id, which alerts query.')
output workspaceId string = workspace.id

@description('Where telemetry is sent. Not a secret here: the resource takes nothing without an identity.')
output connectionString string = insights.properties.ConnectionString
