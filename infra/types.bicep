// What a city chooses; everything else follows from it.
@export()
type tagSet = { *: string }

@export()
@description('App settings by name.')
type settings = { *: string }

@export()
type billingCycle = { cycle: int, name: string, area: string }

@export()
type alwaysReady = { name: string, instanceCount: int }

@export()
@description('Who may sign in: the app registration of app-roles.json in this tenant. Without a client id nobody can.')
type signIn = { tenantId: string, clientId: string }

@export()
@description('The rate that Stripe gives the account, and over how many instances it is spread.')
type scale = {
  stripeRequestsPerSecond: int
  @description('Of the whole app: the platform has one cap, and every queue and timer function has instances of its own under it.')
  maximumInstances: int
  memoryMB: 512 | 2048 | 4096
  alwaysReady: alwaysReady[]
  @description('Requests that one instance is given at once before another one comes.')
  httpConcurrency: int
  @description('Instances in three zones; the platform then wants two always-ready ones in each group that has any.')
  zoneRedundant: bool
}

@export()
@description('Somebody who is told. With a telephone: by text message and by a call as well as by e-mail.')
type contact = { name: string, email: string, phone: { countryCode: string, number: string }? }

@export()
@description('Who is told of what, by severities.json.')
type receiverSet = { page: contact[], mail: contact[] }

@export()
@description('The network of the app. A fixed address costs a NAT gateway. Peers are ids of virtual networks of the city.')
type networkChoice = { addressSpace: string, fixedAddress: bool, peers: string[] }

@export()
@description('Where the second account is, and for how many days nobody can change or delete a copy.')
type copyChoice = { location: string, keepDays: int }

@export()
@description('Whom a grant is for: a name that is known before the identity exists, so that a what-if can list it.')
type grantTo = { identityName: string, role: string }
