import { tagSet } from '../types.bicep'

metadata description = 'Our half of a peering with a network of the city, whose own half names ours in the same way. Its people then reach storage and vault by their private names.'

param networkName string
param peerName string
param peerId string
param zoneNames string[]
param tags tagSet

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' existing = {
  name: networkName

  resource peering 'virtualNetworkPeerings' = {
    name: peerName
    properties: {
      remoteVirtualNetwork: { id: peerId }
      allowVirtualNetworkAccess: true
      allowForwardedTraffic: false
      allowGatewayTransit: false
      useRemoteGateways: false
    }
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' existing = [
  for name in zoneNames: {
    name: name
  }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (name, index) in zoneNames: {
    parent: zone[index]
    name: peerName
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: peerId } }
  }
]
