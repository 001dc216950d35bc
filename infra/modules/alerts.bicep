import { receiverSet, tagSet } from '../types.bicep'

metadata description = 'Who is told what, and when: one rule for each entry of alerts.json and platform-alerts.json, and Key Vault itself says when a secret runs out.'

param suffix string
param location string
param tags tagSet
param workspaceId string
param vaultId string
@description('Names of the accounts whose throttling is watched.')
param storageAccounts string[]
param receivers receiverSet
@description('Where docs/operating.md is to be read.')
param runbooks string

var rules = loadJsonContent('../alerts.json')
var platform = loadJsonContent('../platform-alerts.json')
// By number: who is told.
var toldBy = map(loadJsonContent('../severities.json'), it => it.receivers)
var groupNames = ['page', 'mail']
var contacts = [receivers.page, receivers.mail]

resource onCall 'Microsoft.Insights/actionGroups@2023-01-01' = [
  for (name, index) in groupNames: {
    name: 'ag-${name}-${suffix}'
    location: 'global'
    tags: tags
    properties: {
      enabled: true
      groupShortName: 'pay-${name}'
      emailReceivers: map(contacts[index], it => { name: it.name, emailAddress: it.email, useCommonAlertSchema: true })
      smsReceivers: map(filter(contacts[index], it => it.?phone != null), it => {
        name: 'text to ${it.name}'
        countryCode: it.phone!.countryCode
        phoneNumber: it.phone!.number
      })
      voiceReceivers: map(filter(contacts[index], it => it.?phone != null), it => {
        name: 'call to ${it.name}'
        countryCode: it.phone!.countryCode
        phoneNumber: it.phone!.number
      })
    }
  }
]

resource alert 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in rules: {
    name: 'alert-${rule.name}-${suffix}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      description: '${rule.title}. What to do: ${runbooks}#${rule.runbook}'
      severity: rule.severity
      enabled: rule.enabled
      scopes: [workspaceId]
      evaluationFrequency: 'PT${rule.everyMinutes}M'
      windowSize: 'PT${rule.windowMinutes}M'
      // With no telemetry at all a heartbeat rule must fire, so queries end in a summarize that always has one row.
      criteria: {
        allOf: [
          {
            query: join(rule.query, '\n')
            timeAggregation: 'Maximum'
            metricMeasureColumn: 'Value'
            operator: 'GreaterThan'
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      actions: { actionGroups: [onCall[indexOf(groupNames, toldBy[rule.severity])].id], customProperties: { runbook: '${runbooks}#${rule.runbook}' } }
    }
  }
]

// What people do to the deployment, and what the platform says of itself. Such a rule has no severity of its own: who is told makes it.
resource activity 'Microsoft.Insights/activityLogAlerts@2026-01-01' = [
  for rule in platform.activity: {
    name: 'alert-${rule.name}-${suffix}'
    location: 'global'
    tags: tags
    properties: {
      description: '${rule.title}. What to do: ${runbooks}#${rule.runbook}'
      enabled: true
      scopes: [rule.category == 'ServiceHealth' ? subscription().id : resourceGroup().id]
      condition: {
        allOf: concat(
          [{ field: 'category', equals: rule.category }],
          empty(rule.operations)
            ? []
            : [
                { anyOf: map(rule.operations, operation => { field: 'operationName', equals: operation }) }
                { field: 'status', equals: 'Succeeded' }
              ]
        )
      }
      actions: {
        actionGroups: [
          { actionGroupId: onCall[indexOf(groupNames, toldBy[rule.severity])].id, webhookProperties: { runbook: '${runbooks}#${rule.runbook}' } }
        ]
      }
    }
  }
]

resource metric 'Microsoft.Insights/metricAlerts@2026-01-01' = [
  for index in range(0, length(platform.metrics) * length(storageAccounts)): {
    name: 'alert-${platform.metrics[index / length(storageAccounts)].name}-${index % length(storageAccounts)}-${suffix}'
    location: 'global'
    tags: tags
    properties: {
      description: '${platform.metrics[index / length(storageAccounts)].title}. What to do: ${runbooks}#${platform.metrics[index / length(storageAccounts)].runbook}'
      severity: platform.metrics[index / length(storageAccounts)].severity
      enabled: true
      scopes: [resourceId('Microsoft.Storage/storageAccounts', storageAccounts[index % length(storageAccounts)])]
      evaluationFrequency: 'PT${platform.metrics[index / length(storageAccounts)].everyMinutes}M'
      windowSize: 'PT${platform.metrics[index / length(storageAccounts)].windowMinutes}M'
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: platform.metrics[index / length(storageAccounts)].name
            metricName: platform.metrics[index / length(storageAccounts)].metric
            dimensions: [
              {
                name: platform.metrics[index / length(storageAccounts)].dimension
                operator: 'Include'
                values: platform.metrics[index / length(storageAccounts)].values
              }
            ]
            operator: 'GreaterThan'
            threshold: platform.metrics[index / length(storageAccounts)].threshold
            timeAggregation: 'Total'
          }
        ]
      }
      actions: [
        {
          actionGroupId: onCall[indexOf(groupNames, toldBy[platform.metrics[index / length(storageAccounts)].severity])].id
          webHookProperties: { runbook: '${runbooks}#${platform.metrics[index / length(storageAccounts)].runbook}' }
        }
      ]
    }
  }
]

resource vaultEvents 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: 'evgt-${suffix}'
  location: location
  tags: tags
  properties: { source: vaultId, topicType: 'Microsoft.KeyVault.vaults' }

  resource expiry 'eventSubscriptions' = {
    name: 'secret-expiry'
    properties: {
      eventDeliverySchema: 'CloudEventSchemaV1_0'
      filter: { includedEventTypes: ['Microsoft.KeyVault.SecretNearExpiry', 'Microsoft.KeyVault.SecretExpired'] }
      destination: {
        endpointType: 'MonitorAlert'
        properties: {
          severity: 'Sev2'
          description: 'A Stripe secret runs out. What to do: ${runbooks}#secret-rotation'
          actionGroups: [onCall[indexOf(groupNames, 'mail')].id]
        }
      }
    }
  }
}
