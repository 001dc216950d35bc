import { tagSet } from '../types.bicep'

metadata description = 'Log Analytics, with or without the rule that blanks paths: the rule names the workspace, so that it is made first.'

param name string
param location string
param tags tagSet
param retentionDays int
@description('Empty before the rule exists.')
param rule string = ''

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: union(
    {
      sku: { name: 'PerGB2018' }
      retentionInDays: retentionDays
      features: { disableLocalAuth: true }
    },
    empty(rule) ? {} : { defaultDataCollectionRuleResourceId: rule }
  )
}

output id string = workspace.id
