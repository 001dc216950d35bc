import { tagSet } from '../types.bicep'

metadata description = 'What Stripe and the mail server know us by. RBAC only; a purged vault would be a lost one.'

param name string
param location string
param tags tagSet
param isPrivate bool
param workspaceId string
@description('Who reads the secrets.')
param readers string[]
@description('By the names of identities.')
param principals { *: string }
@description('Secrets expire, so that somebody rotates them; an alert says so 30 days before.')
param rotateBy string

@secure()
@description('Empty keeps what the vault holds: only the first deployment, and a rotation, bring a value.')
param stripeApiKey string
@secure()
@description('One or, during a rotation, two secrets, comma-separated.')
param stripeWebhookSecrets string
@secure()
@description('Of the user whom the mail server knows.')
param smtpPassword string

var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var apiKeyName = 'stripe-api-key'
var webhookSecretsName = 'stripe-webhook-secrets'
var smtpPasswordName = 'smtp-password'

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { bypass: 'AzureServices', defaultAction: isPrivate ? 'Deny' : 'Allow' }
  }
}

resource apiKey 'Microsoft.KeyVault/vaults/secrets@2026-05-15' = if (!empty(stripeApiKey)) {
  parent: vault
  name: apiKeyName
  properties: { value: stripeApiKey, attributes: { exp: dateTimeToEpoch(rotateBy) } }
}

resource webhookSecrets 'Microsoft.KeyVault/vaults/secrets@2026-05-15' = if (!empty(stripeWebhookSecrets)) {
  parent: vault
  name: webhookSecretsName
  properties: { value: stripeWebhookSecrets, attributes: { exp: dateTimeToEpoch(rotateBy) } }
}

resource mailPassword 'Microsoft.KeyVault/vaults/secrets@2026-05-15' = if (!empty(smtpPassword)) {
  parent: vault
  name: smtpPasswordName
  properties: { value: smtpPassword, attributes: { exp: dateTimeToEpoch(rotateBy) } }
}

resource read 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for reader in readers: {
    name: guid(vault.id, reader, keyVaultSecretsUser)
    scope: vault
    properties: {
      principalId: principals[reader]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
    }
  }
]

resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'keep'
  scope: vault
  properties: { level: 'CanNotDelete', notes: 'Without these secrets nothing is charged and no webhook is believed.' }
}

// Only preview versions of this type know Log Analytics tables of their own.
#disable-next-line use-recent-api-versions
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

output id string = vault.id
output name string = vault.name
@description('For what reads secrets itself, by name.')
output uri string = vault.properties.vaultUri
