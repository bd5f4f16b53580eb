// What all of it may cost a month, before somebody is told. A budget tells; it stops nothing.

@description('The budget\'s name.')
param name string

@description('The amount a month, in the currency of the subscription.')
@minValue(1)
param amount int

@description('The first day of the month that it begins in, as yyyy-MM-dd. It cannot be changed later.')
param startDate string

@description('Who is told, besides the owners of the subscription; empty for nobody else.')
param emailAddress string

@description('The action group that is told.')
param actionGroupId string

var contacts = {
  contactEmails: empty(emailAddress) ? [] : [emailAddress]
  contactRoles: ['Owner']
  contactGroups: [actionGroupId]
  enabled: true
  operator: 'GreaterThan'
}

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: startDate
    }
    notifications: {
      spentFourFifths: union(contacts, {
        threshold: 80
        thresholdType: 'Actual'
      })
      willBeExceeded: union(contacts, {
        threshold: 100
        thresholdType: 'Forecasted'
      })
    }
  }
}
