// The Static Web App that serves the web client. What is in it, and its configuration, comes with the deployment.

@description('The app\'s name.')
param name string

@description('Where it is managed from; its files are served from everywhere.')
param location string

@description('The tags of every resource.')
param tags object

@description('Free has no service level and takes 2 domains of one\'s own; Standard has one.')
@allowed(['Free', 'Standard'])
param sku string

@description('The client\'s address where it has a domain of its own, such as https://connect.example.com; empty for the generated one.')
param address string

resource app 'Microsoft.Web/staticSites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'web' })
  sku: {
    name: sku
    tier: sku
  }
  properties: {
    stagingEnvironmentPolicy: 'Disabled'
    allowConfigFileUpdates: true
  }
}

@description('The client\'s origin, without a slash at its end.')
output origin string = empty(address) ? 'https://${app.properties.defaultHostname}' : address

@description('The app\'s name.')
output name string = app.name
