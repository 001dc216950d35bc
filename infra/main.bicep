targetScope = 'subscription'

import { real } from 'checks.bicep'
import { billingCycle, copyChoice, networkChoice, receiverSet, scale, settings, signIn } from 'types.bicep'

@description('Names everything and is written on every payment intent: intents of another environment are not ours.')
@minLength(2)
@maxLength(20)
param environmentName string
param location string
@description('Another one when the region is lost: a group stays where it was made.')
param groupName string = 'rg-autopay-${environmentName}'

@description('The city\'s billing cycles, as people recognise them.')
param cycles billingCycle[]
@description('Settings that differ from app-settings.json, such as Autopay__TimeZone.')
param citySettings settings = {}
param users signIn
param scaling scale
@description('Who is told of an alert, by its severity.')
param receivers receiverSet
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

@description('Storage and secrets answer only inside a network of their own, in which commands run as a job.')
param isPrivate bool = false
param network networkChoice = { addressSpace: '10.20.0.0/24', fixedAddress: false, peers: [] }
param operationsImage string = 'mcr.microsoft.com/dotnet/sdk:10.0-noble'
@description('The group in Entra ID that may run commands.')
param operatorGroupId string = ''
@description('A second account in another region; none: the books are lost with theirs.')
param copies copyChoice?
param storageSku 'Standard_ZRS' | 'Standard_GZRS' = 'Standard_ZRS'
param keepDeletedDays int = 30
param retentionDays int = 90
@description('Files as they were sent go after so many days.')
param keepFilesDays int = 550

var tags = { 'azd-env-name': environmentName, app: 'autopay' }
var token = uniqueString(subscription().id, environmentName, location)
var suffix = '${environmentName}-${token}'
var identityName = 'id-autopay-${suffix}'
var operatorName = 'id-operations-${suffix}'
var moneyName = 'stmoney${token}'
var hostName = 'sthost${token}'
var packageContainer = 'packages'
var names = loadJsonContent('storage.json')

// A test environment may have placeholders; where money is collected none is deployed.
var isProduction = environmentName == 'production'
var checkedUsers = isProduction
  ? { tenantId: real(users.tenantId, 'users.tenantId'), clientId: real(users.clientId, 'users.clientId') }
  : users
var checkedRunbooks = isProduction ? real(runbooks, 'runbooks') : runbooks
var told = concat(receivers.page, receivers.mail)
var checkedReceivers = isProduction && length(filter(told, it => real(it.email, 'an address of receivers') == '')) > 0
  ? fail('receivers')
  : receivers

var principals = union(
  { '${identityName}': identity.outputs.principalId },
  isPrivate ? { '${operatorName}': operator!.outputs.principalId } : {}
)
var dataRoles = ['Storage Blob Data Contributor', 'Storage Queue Data Contributor', 'Storage Table Data Contributor']

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: groupName
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: identityName, location: location, tags: tags }
}

module operator 'modules/identity.bicep' = if (isPrivate) {
  scope: group
  params: { name: operatorName, location: location, tags: tags }
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

// Who changed what, in the workspace: the runbooks ask there.
#disable-next-line use-recent-api-versions
resource activity 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'autopay-${environmentName}'
  properties: {
    workspaceId: monitoring.outputs.workspaceId
    logs: map(['Administrative', 'Security', 'ServiceHealth', 'Alert'], category => { category: category, enabled: true })
  }
}

module hostStorage 'modules/storage-account.bicep' = {
  scope: group
  params: {
    name: hostName
    location: location
    tags: tags
    skuName: 'Standard_ZRS'
    containers: [packageContainer]
    // Leases and timers' status are renewed every few seconds: each write would stay as a version.
    keepVersions: false
    // What the host itself needs with an identity: leases and keys, timer status, its own queues and diagnostic tables.
    // Commands fetch the package.
    grants: concat(
      map(
        ['Storage Blob Data Owner', 'Storage Queue Data Contributor', 'Storage Table Data Contributor'],
        role => { identityName: identityName, role: role }
      ),
      isPrivate ? [{ identityName: operatorName, role: 'Storage Blob Data Reader' }] : []
    )
    principals: principals
    isPrivate: isPrivate
    keepDeletedDays: keepDeletedDays
    workspaceId: monitoring.outputs.workspaceId
  }
}

module moneyStorage 'modules/storage-account.bicep' = {
  scope: group
  params: {
    name: moneyName
    location: location
    tags: tags
    skuName: storageSku
    queues: names.queues
    tables: names.tables
    containers: names.containers
    grants: concat(
      map(dataRoles, role => { identityName: identityName, role: role }),
      isPrivate ? map(dataRoles, role => { identityName: operatorName, role: role }) : []
    )
    principals: principals
    isPrivate: isPrivate
    keepDeletedDays: keepDeletedDays
    prunedContainers: ['backups']
    // The anchors of the audit: seven years, as long as the books.
    writeOnceContainers: ['audit']
    lifetimes: [{ container: 'imports', days: keepFilesDays }]
    isTableAuditOn: true
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
    readers: isPrivate ? [identityName, operatorName] : [identityName]
    principals: principals
    stripeApiKey: stripeApiKey
    stripeWebhookSecrets: stripeWebhookSecrets
    smtpPassword: smtpPassword
    rotateBy: rotateBy
  }
}

module copyStorage 'modules/copies.bicep' = if (copies != null) {
  scope: group
  params: {
    name: 'stcopy${token}'
    tags: tags
    copies: copies!
    isPrivate: isPrivate
    workspaceId: monitoring.outputs.workspaceId
    suffix: suffix
    writerName: identityName
    writerPrincipalId: identity.outputs.principalId
    readerName: isPrivate ? operatorName : ''
    readerPrincipalId: isPrivate ? operator!.outputs.principalId : ''
  }
}

module privateNetwork 'modules/network.bicep' = if (isPrivate) {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    network: network
    targets: concat(
      [
        { name: 'host-blob', resourceId: hostStorage.outputs.id, group: 'blob' }
        { name: 'host-queue', resourceId: hostStorage.outputs.id, group: 'queue' }
        { name: 'host-table', resourceId: hostStorage.outputs.id, group: 'table' }
        { name: 'money-blob', resourceId: moneyStorage.outputs.id, group: 'blob' }
        { name: 'money-queue', resourceId: moneyStorage.outputs.id, group: 'queue' }
        { name: 'money-table', resourceId: moneyStorage.outputs.id, group: 'table' }
        { name: 'secrets', resourceId: vault.outputs.id, group: 'vault' }
      ],
      copies != null ? [{ name: 'copies-blob', resourceId: copyStorage!.outputs.id, group: 'blob' }] : []
    )
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
    copiesEndpoint: copies != null ? copyStorage!.outputs.blobEndpoint : ''
    packageContainer: packageContainer
    insightsConnectionString: monitoring.outputs.connectionString
    vaultUri: vault.outputs.uri
    cycles: cycles
    citySettings: citySettings
    scaling: scaling
    users: checkedUsers
    subnetId: isPrivate ? privateNetwork!.outputs.appSubnetId : null
  }
}

module operations 'modules/operations.bicep' = if (isPrivate) {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    subnetId: privateNetwork!.outputs.operationsSubnetId
    workspaceId: monitoring.outputs.workspaceId
    identity: { id: operator!.outputs.id, clientId: operator!.outputs.clientId }
    vaultUri: vault.outputs.uri
    hasSmtpPassword: !empty(citySettings.?Smtp__User ?? '')
    commonSettings: app.outputs.commonSettings
    packageUri: '${hostStorage.outputs.blobEndpoint}${packageContainer}/released-package.zip'
    image: operationsImage
    operatorGroupId: operatorGroupId
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
    storageAccounts: [moneyName, hostName]
    receivers: checkedReceivers
    runbooks: checkedRunbooks
  }
  dependsOn: [moneyStorage, hostStorage]
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
output AUTOPAY_OPERATIONS_JOB string = isPrivate ? operations!.outputs.jobName : ''
@description('What Stripe sees of us, for the key\'s list of addresses; empty without a gateway.')
output AUTOPAY_EGRESS_ADDRESS string = isPrivate ? privateNetwork!.outputs.egressAddress : ''
@description('What backups are copied to; empty: nothing.')
output AUTOPAY_COPIES_ACCOUNT string = copies != null ? copyStorage!.outputs.blobEndpoint : ''
