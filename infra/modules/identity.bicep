import { tagSet } from '../types.bicep'

metadata description = 'Who the app is: everything that it may do is granted to this identity, and it has no other credential.'

param name string
param location string
param tags tagSet

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

output id string = identity.id
output clientId string = identity.properties.clientId
output principalId string = identity.properties.principalId
