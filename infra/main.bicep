targetScope = 'subscription'

import { billingCycle, scale, settings, signIn } from 'types.bicep'

@description('Names everything and is written on every payment intent: intents of another environment are not ours.')
@minLength(2)
@maxLength(20)
param environmentName string
param location string

@description('The city\'s billing cycles, as people recognise them.')
param cycles billingCycle[]
@description('Settings that differ from app-settings.json, such as Autopay__TimeZone.')
param citySettings settings = {}
param users signIn
param scaling scale
@description('Gets every alert.')
param pageEmail string
@description('Where docs/operating.md is to be read.')
param runbooks string

@secure()
@description('Only for the first deployment and for a rotation; empty keeps what the vault holds.')
param stripeApiKey string = ''
@secure()
param stripeWebhookSecrets string = ''
@secure()
param smtpPassword string = ''
@description('When the secrets should have been rotated.')
param rotateBy string = dateTimeAdd(utcNow(), 'P1Y')

@description('Storage and secrets answer only inside a network of their own.')
param isPrivate bool = false
param addressSpace string = '10.20.0.0/24'
param storageSku 'Standard_ZRS' | 'Standard_GZRS' = 'Standard_ZRS'
param keepDeletedDays int = 30
param retentionDays int = 90

var tags = { 'azd-env-name': environmentName, app: 'autopay' }
var token = uniqueString(subscription().id, environmentName, location)
var suffix = '${environmentName}-${token}'
var identityName = 'id-autopay-${suffix}'
var packageContainer = 'packages'
var names = loadJsonContent('storage.json')

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-autopay-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: identityName, location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    retentionDays: retentionDays
    identityName: identityName
    principalId: identity.outputs.principalId
  }
}

module hostStorage 'modules/storage-account.bicep' = {
  scope: group
  params: {
    name: 'sthost${token}'
    location: location
    tags: tags
    skuName: 'Standard_ZRS'
    containers: [packageContainer]
    identityName: identityName
    principalId: identity.outputs.principalId
    // What the host itself needs with an identity: leases and keys, timer status, its own queues and diagnostic tables.
    roles: ['Storage Blob Data Owner', 'Storage Queue Data Contributor', 'Storage Table Data Contributor']
    isPrivate: isPrivate
    keepDeletedDays: keepDeletedDays
    workspaceId: monitoring.outputs.workspaceId
  }
}

module moneyStorage 'modules/storage-account.bicep' = {
  scope: group
  params: {
    name: 'stmoney${token}'
    location: location
    tags: tags
    skuName: storageSku
    queues: names.queues
    tables: names.tables
    containers: names.containers
    identityName: identityName
    principalId: identity.outputs.principalId
    roles: ['Storage Blob Data Contributor', 'Storage Queue Data Contributor', 'Storage Table Data Contributor']
    isPrivate: isPrivate
    keepDeletedDays: keepDeletedDays
    prunedContainers: ['backups']
    // The anchors of the audit: seven years, as long as the books.
    writeOnceContainers: ['audit']
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'modules/key-vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    isPrivate: isPrivate
    workspaceId: monitoring.outputs.workspaceId
    identityName: identityName
    principalId: identity.outputs.principalId
    stripeApiKey: stripeApiKey
    stripeWebhookSecrets: stripeWebhookSecrets
    smtpPassword: smtpPassword
    rotateBy: rotateBy
  }
}

module network 'modules/network.bicep' = if (isPrivate) {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    addressSpace: addressSpace
    targets: [
      { name: 'host-blob', resourceId: hostStorage.outputs.id, group: 'blob' }
      { name: 'host-queue', resourceId: hostStorage.outputs.id, group: 'queue' }
      { name: 'host-table', resourceId: hostStorage.outputs.id, group: 'table' }
      { name: 'money-blob', resourceId: moneyStorage.outputs.id, group: 'blob' }
      { name: 'money-queue', resourceId: moneyStorage.outputs.id, group: 'queue' }
      { name: 'money-table', resourceId: moneyStorage.outputs.id, group: 'table' }
      { name: 'secrets', resourceId: vault.outputs.id, group: 'vault' }
    ]
  }
}

module app 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: 'func-autopay-${suffix}'
    planName: 'plan-autopay-${suffix}'
    location: location
    tags: tags
    environmentName: environmentName
    identity: { id: identity.outputs.id, clientId: identity.outputs.clientId }
    hostStorage: {
      name: hostStorage.outputs.name
      blobEndpoint: hostStorage.outputs.blobEndpoint
      queueEndpoint: hostStorage.outputs.queueEndpoint
      tableEndpoint: hostStorage.outputs.tableEndpoint
    }
    moneyStorage: {
      blobEndpoint: moneyStorage.outputs.blobEndpoint
      queueEndpoint: moneyStorage.outputs.queueEndpoint
      tableEndpoint: moneyStorage.outputs.tableEndpoint
    }
    packageContainer: packageContainer
    insightsConnectionString: monitoring.outputs.connectionString
    references: {
      stripeApiKey: vault.outputs.apiKeyReference
      stripeWebhookSecrets: vault.outputs.webhookSecretsReference
      // A reference to what the vault does not hold would close the start-up gate.
      smtpPassword: empty(citySettings.?Smtp__User ?? '') ? '' : vault.outputs.smtpReference
    }
    cycles: cycles
    citySettings: citySettings
    scaling: scaling
    users: users
    subnetId: isPrivate ? network!.outputs.appSubnetId : null
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    vaultId: vault.outputs.id
    pageEmail: pageEmail
    runbooks: runbooks
  }
}

module workbooks 'modules/workbooks.bicep' = {
  scope: group
  params: { location: location, tags: tags, workspaceId: monitoring.outputs.workspaceId }
}

output AZURE_RESOURCE_GROUP string = group.name
output AUTOPAY_APP_NAME string = app.outputs.name
output AUTOPAY_URI string = app.outputs.uri
output AUTOPAY_KEY_VAULT string = vault.outputs.name
output AUTOPAY_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
