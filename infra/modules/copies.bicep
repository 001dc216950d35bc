import { copyChoice, tagSet } from '../types.bicep'

metadata description = 'Disaster: a second account in another region whose container is written once. The app can only create there; nobody can change or delete a copy while it counts.'

param name string
param tags tagSet
param copies copyChoice
param isPrivate bool
param workspaceId string
param suffix string
param writerName string
param writerPrincipalId string
@description('Who restores from there; none: people get the role for the day.')
param readerName string = ''
param readerPrincipalId string = ''

var container = 'exports'

module storage 'storage-account.bicep' = {
  params: {
    name: name
    location: copies.location
    tags: tags
    skuName: 'Standard_ZRS'
    containers: [container]
    writeOnceContainers: [container]
    writeOnceDays: copies.keepDays
    keepVersions: false
    keepDeletedDays: 7
    // They go when the policy lets them, and never the same day.
    lifetimes: [{ container: container, days: copies.keepDays + 7 }]
    grants: empty(readerName) ? [] : [{ identityName: readerName, role: 'Storage Blob Data Reader' }]
    principals: empty(readerName) ? {} : { '${readerName}': readerPrincipalId }
    isPrivate: isPrivate
    workspaceId: workspaceId
  }
}

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: name
}

// No built-in role can only create: those that write may also overwrite and delete.
resource createOnly 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'autopay-create-copies')
  properties: {
    roleName: 'Autopay: create copies (${suffix})'
    description: 'Creates blobs; neither reads, overwrites nor deletes one.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: []
        notActions: []
        dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action']
        notDataActions: []
      }
    ]
  }
}

resource write 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, writerName, 'create-copies')
  scope: account
  properties: {
    principalId: writerPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: createOnly.id
  }
  dependsOn: [storage]
}

output id string = storage.outputs.id
output name string = storage.outputs.name
output blobEndpoint string = storage.outputs.blobEndpoint
