import { tagSet } from '../types.bicep'

metadata description = 'Who is told what, and when: one rule for each entry of alerts.json, and Key Vault itself says when a secret runs out.'

param suffix string
param location string
param tags tagSet
param workspaceId string
param vaultId string
param pageEmail string
@description('Where docs/operating.md is to be read.')
param runbooks string

var rules = loadJsonContent('../alerts.json')

resource onCall 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'autopay'
    emailReceivers: [{ name: 'on call', emailAddress: pageEmail, useCommonAlertSchema: true }]
  }
}

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
      actions: { actionGroups: [onCall.id], customProperties: { runbook: '${runbooks}#${rule.runbook}' } }
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
          actionGroups: [onCall.id]
        }
      }
    }
  }
}
