// What wakes an operator. Each is explained in docs/operations.md, with what to do.

@description('The start of every alert\'s name.')
param namePrefix string

@description('The action group\'s name.')
param actionGroupName string

@description('Where the rules are.')
param location string

@description('The tags of every resource.')
param tags object

@description('Who is written to when an alert fires; empty for nobody: alerts are then only seen in the portal.')
param emailAddress string

@description('The Log Analytics workspace that has the app\'s logs and figures.')
param workspaceId string

@description('The Cosmos DB account.')
param cosmosId string

// Each rule reads one of the app's own metrics: AppMetrics has them by the names in functions/Telemetry/Signals.cs. The rules do not read
// the host's AppRequests, because those hold no status of a call and not always the name of the function.
var rules = [
  {
    name: 'poisoned-notices'
    title: 'Emails gave up: messages lie in the poison queue'
    severity: 1
    every: 'PT5M'
    over: 'PT15M'
    query: 'AppMetrics | where Name == "connections.notices.poisoned" | summarize Value = max(Max)'
    above: 0
  }
  {
    name: 'poisoned-reports'
    title: 'Bounces are not shown: delivery reports lie in their poison queue'
    severity: 2
    every: 'PT15M'
    over: 'PT1H'
    query: 'AppMetrics | where Name == "connections.deliveries.poisoned" | summarize Value = max(Max)'
    above: 0
  }
  {
    name: 'outbox-age'
    title: 'Changes wait more than 5 minutes for their emails and events'
    severity: 1
    every: 'PT5M'
    over: 'PT15M'
    query: 'AppMetrics | where Name == "connections.swept.age" | summarize Value = max(Max)'
    above: 300
  }
  {
    name: 'no-sweep'
    title: 'The sweeper has not run for 15 minutes: what the change feed loses is not found'
    severity: 1
    every: 'PT5M'
    over: 'PT15M'
    query: 'AppMetrics | where Name == "connections.sweeps" | summarize Runs = sum(Sum) | extend Value = iff(Runs > 0, 0, 1)'
    above: 0
  }
  {
    name: 'error-rate'
    title: 'More than 5% of calls fail'
    severity: 2
    every: 'PT5M'
    over: 'PT15M'
    query: '''AppMetrics | where Name == "connections.calls"
      | summarize Calls = sum(Sum), Failed = sumif(Sum, tostring(Properties.status) == "5xx")
      | extend Value = iff(Calls >= 20, 100.0 * Failed / Calls, 0.0)'''
    above: 5
  }
  {
    name: 'emails-refused'
    title: 'The email service refuses emails'
    severity: 2
    every: 'PT15M'
    over: 'PT1H'
    query: 'AppMetrics | where Name == "connections.notices" and tostring(Properties.outcome) == "refused" | summarize Value = sum(Sum)'
    above: 0
  }
  {
    name: 'emails-throttled'
    title: 'The email service throttles: the quota is too small'
    severity: 2
    every: 'PT15M'
    over: 'PT1H'
    query: 'AppMetrics | where Name == "connections.notices" and tostring(Properties.outcome) == "throttled" | summarize Value = sum(Sum)'
    above: 20
  }
]

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'connections'
    enabled: true
    emailReceivers: empty(emailAddress) ? [] : [
      {
        name: 'operator'
        emailAddress: emailAddress
        useCommonAlertSchema: true
      }
    ]
  }
}

resource rule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in rules: {
  name: '${namePrefix}${alert.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: alert.title
    severity: alert.severity
    enabled: true
    evaluationFrequency: alert.every
    windowSize: alert.over
    scopes: [workspaceId]
    // The tables are made by the first telemetry; before that the query cannot be checked.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: alert.query
          metricMeasureColumn: 'Value'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: alert.above
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    autoMitigate: true
    actions: {
      actionGroups: [actionGroup.id]
    }
  }
}]

// The database refuses requests because there are too many.
resource throttledDatabase 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${namePrefix}throttled-database'
  location: 'global'
  tags: tags
  properties: {
    severity: 2
    enabled: true
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    scopes: [cosmosId]
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'throttled'
          metricNamespace: 'Microsoft.DocumentDB/databaseAccounts'
          metricName: 'TotalRequests'
          dimensions: [
            {
              name: 'StatusCode'
              operator: 'Include'
              values: ['429']
            }
          ]
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 100
        }
      ]
    }
    autoMitigate: true
    actions: [
      {
        actionGroupId: actionGroup.id
      }
    ]
  }
}

@description('The action group, for the budget.')
output actionGroupId string = actionGroup.id
