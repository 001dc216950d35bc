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
  maximumInstances: int
  memoryMB: 512 | 2048 | 4096
  alwaysReady: alwaysReady[]
}
