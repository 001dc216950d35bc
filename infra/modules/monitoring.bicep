import { tagSet } from '../types.bicep'

metadata description = 'Log Analytics and Application Insights. Nobody writes to them with a key: local authentication is off.'

param suffix string
param location string
param tags tagSet
param retentionDays int
@description('Known before the identity exists, so that a what-if can name the grants; its principal is not.')
param identityName string
param principalId string

var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

var workspaceName = 'log-${suffix}'
var transforms = loadJsonContent('../privacy.json')

module workspace 'workspace.bicep' = {
  params: { name: workspaceName, location: location, tags: tags, retentionDays: retentionDays }
}

// The host's own telemetry has paths, and some of them carry account numbers: they are blanked before anything is stored.
resource privacy 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: 'dcr-privacy-${suffix}'
  location: location
  tags: tags
  kind: 'WorkspaceTransforms'
  properties: {
    destinations: { logAnalytics: [{ name: 'workspace', workspaceResourceId: workspace.outputs.id }] }
    dataFlows: map(items(transforms), table => {
      streams: ['Microsoft-Table-${table.key}']
      destinations: ['workspace']
      transformKql: join(table.value, '\n')
    })
  }
}

module blanking 'workspace.bicep' = {
  params: { name: workspaceName, location: location, tags: tags, retentionDays: retentionDays, rule: privacy.id }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${suffix}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.outputs.id
    DisableLocalAuth: true
  }
}

resource publish 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, identityName, monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

output workspaceId string = workspace.outputs.id
output connectionString string = insights.properties.ConnectionString
