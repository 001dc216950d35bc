import { storageRoles } from '../roles.bicep'
import { grantTo, tagSet } from '../types.bicep'

metadata description = 'A storage account without keys: identities only, TLS 1.2, no public blobs, three zones, deleted blobs kept.'

param name string
param location string
param tags tagSet
param skuName string
param queues string[] = []
param tables string[] = []
param containers string[]
@description('Roles by their names in roles.bicep.')
param grants grantTo[] = []
@description('By the names of identities.')
param principals { *: string } = {}
param isPrivate bool
param keepDeletedDays int
@description('Off where every write is a renewal, such as a lease: each would be kept.')
param keepVersions bool = true
@description('Containers whose blobs the app deletes when they are old enough.')
param prunedContainers string[] = []
@description('From the day on which the blob was written; longer than the app keeps it.')
param keepVersionsDays int = 70
@description('Containers whose blobs go by themselves, so many days after they were written.')
param lifetimes { container: string, days: int }[] = []
@description('Who reads the tables, and what, is kept as well.')
param isTableAuditOn bool = false
@description('Containers whose blobs nobody may change or delete, the app and its owners included.')
param writeOnceContainers string[] = []
@description('From the day on which the blob was written.')
param writeOnceDays int = 2555
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: skuName }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { bypass: 'AzureServices', defaultAction: isPrivate ? 'Deny' : 'Allow' }
    encryption: {
      keySource: 'Microsoft.Storage'
      requireInfrastructureEncryption: true
      // Account keys, not the regional default: tables and queues are encrypted like blobs.
      services: {
        blob: { keyType: 'Account' }
        file: { keyType: 'Account' }
        queue: { keyType: 'Account' }
        table: { keyType: 'Account' }
      }
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      isVersioningEnabled: keepVersions
      deleteRetentionPolicy: { enabled: true, days: keepDeletedDays }
      containerDeleteRetentionPolicy: { enabled: true, days: keepDeletedDays }
    }

    resource container 'containers' = [
      for container in containers: {
        name: container
        properties: { publicAccess: 'None' }
      }
    ]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queue 'queues' = [
      for queue in queues: {
        name: queue
      }
    ]
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource table 'tables' = [
      for table in tables: {
        name: table
      }
    ]
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'keep'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'The books of the city. Remove this lock only with the export in your hands.'
  }
}

resource grant 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for to in grants: {
    name: guid(account.id, to.identityName, to.role)
    scope: account
    properties: {
      principalId: principals[to.identityName]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageRoles[to.role])
    }
  }
]

resource writeOnce 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2026-06-01' = [
  for container in writeOnceContainers: {
    parent: account::blobs::container[indexOf(containers, container)]
    name: 'default'
    properties: { immutabilityPeriodSinceCreationInDays: writeOnceDays }
  }
]

var lifetimeRules = map(lifetimes, it => {
  name: 'old-${it.container}'
  enabled: true
  type: 'Lifecycle'
  definition: {
    filters: { blobTypes: ['blockBlob'], prefixMatch: ['${it.container}/'] }
    actions: {
      baseBlob: { delete: { daysAfterCreationGreaterThan: it.days } }
      version: { delete: { daysAfterCreationGreaterThan: it.days } }
    }
  }
})

// A deleted blob of a versioned account stays as a version until somebody deletes that too.
var versionRules = empty(prunedContainers)
  ? []
  : [
      {
        name: 'pruned'
        enabled: true
        type: 'Lifecycle'
        definition: {
          filters: { blobTypes: ['blockBlob'], prefixMatch: map(prunedContainers, container => '${container}/') }
          actions: { version: { delete: { daysAfterCreationGreaterThan: keepVersionsDays } } }
        }
      }
    ]
var lifecycleRules = concat(versionRules, lifetimeRules)

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2026-06-01' = if (!empty(prunedContainers) || !empty(lifetimes)) {
  parent: account
  name: 'default'
  properties: { policy: { rules: lifecycleRules } }
}

// Only preview versions of this type know Log Analytics tables of their own.
#disable-next-line use-recent-api-versions
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'writes'
  scope: account::blobs
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageWrite', enabled: true }, { category: 'StorageDelete', enabled: true }]
  }
}

// Writes and deletes are many, and the app's own; reads by anybody else are what the log is for.
#disable-next-line use-recent-api-versions
resource tableAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (isTableAuditOn) {
  name: 'tables'
  scope: account::tableService
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'StorageRead', enabled: true }
      { category: 'StorageWrite', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
  }
}

output id string = account.id
output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
output queueEndpoint string = account.properties.primaryEndpoints.queue
output tableEndpoint string = account.properties.primaryEndpoints.table
