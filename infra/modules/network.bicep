import { networkChoice, tagSet } from '../types.bicep'

metadata description = 'Optional: the app calls out through this network, and storage and secrets answer only inside it. Commands run in it.'

param suffix string
param location string
param tags tagSet
param network networkChoice
@description('What gets a private endpoint: a resource, and which part of it.')
param targets { name: string, resourceId: string, group: 'blob' | 'queue' | 'table' | 'vault' }[]

var groups = ['blob', 'queue', 'table', 'vault']
var zoneNames = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  vault: 'privatelink${replace(environment().suffixes.keyvaultDns, 'vault', 'vaultcore')}'
}

// One address for all that leaves, so that Stripe's key can be bound to it.
resource address 'Microsoft.Network/publicIPAddresses@2026-03-01' = if (network.fixedAddress) {
  name: 'pip-${suffix}'
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Regional' }
  properties: { publicIPAllocationMethod: 'Static', publicIPAddressVersion: 'IPv4' }
}

resource gateway 'Microsoft.Network/natGateways@2026-03-01' = if (network.fixedAddress) {
  name: 'nat-${suffix}'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { idleTimeoutInMinutes: 4, publicIpAddresses: [{ id: address.id }] }
}

var egress = network.fixedAddress ? { natGateway: { id: gateway.id } } : {}

resource vnet 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: 'vnet-${suffix}'
  location: location
  tags: tags
  properties: { addressSpace: { addressPrefixes: [network.addressSpace] } }

  resource app 'subnets' = {
    name: 'app'
    properties: union(egress, {
      addressPrefix: cidrSubnet(network.addressSpace, 26, 0)
      delegations: [{ name: 'functions', properties: { serviceName: 'Microsoft.App/environments' } }]
    })
  }

  resource endpoints 'subnets' = {
    name: 'endpoints'
    properties: { addressPrefix: cidrSubnet(network.addressSpace, 26, 1), privateEndpointNetworkPolicies: 'Enabled' }
    dependsOn: [app]
  }

  // The app's subnet cannot be shared with an environment of Container Apps.
  resource operations 'subnets' = {
    name: 'operations'
    properties: union(egress, {
      addressPrefix: cidrSubnet(network.addressSpace, 26, 2)
      delegations: [{ name: 'jobs', properties: { serviceName: 'Microsoft.App/environments' } }]
    })
    dependsOn: [endpoints]
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for group in groups: {
    name: zoneNames[group]
    location: 'global'
    tags: tags
  }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (group, index) in groups: {
    parent: zone[index]
    name: vnet.name
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: vnet.id } }
  }
]

module peering 'peering.bicep' = [
  for (peer, index) in network.peers: {
    params: { networkName: vnet.name, peerName: 'peer-${index}', peerId: peer, zoneNames: map(groups, it => zoneNames[it]), tags: tags }
    dependsOn: [zone]
  }
]

module endpoint 'private-endpoint.bicep' = [
  for target in targets: {
    params: {
      name: 'pe-${target.name}-${suffix}'
      location: location
      tags: tags
      subnetId: vnet::endpoints.id
      resourceId: target.resourceId
      group: target.group
      zoneId: zone[indexOf(groups, target.group)].id
    }
  }
]

output appSubnetId string = vnet::app.id
output operationsSubnetId string = vnet::operations.id
@description('What Stripe and others see of us; empty without a gateway.')
output egressAddress string = network.fixedAddress ? address!.properties.ipAddress : ''
