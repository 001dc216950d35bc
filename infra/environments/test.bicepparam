using '../main.bicep'

// Placeholders: a copy of this file, or azd's environment, has the real ones.
param environmentName = 'test'
param location = 'centralus'
param receivers = {
  page: [{ name: 'on call', email: readEnvironmentVariable('AUTOPAY_PAGE_EMAIL', 'autopay-test@city.example') }]
  mail: [{ name: 'team', email: readEnvironmentVariable('AUTOPAY_TEAM_EMAIL', 'autopay-test@city.example') }]
}
param runbooks = 'https://github.com/city-of-example/autopay/blob/main/docs/operating.md'
param users = {
  tenantId: readEnvironmentVariable('AZURE_TENANT_ID', '00000000-0000-0000-0000-000000000000')
  clientId: readEnvironmentVariable('AUTOPAY_CLIENT_ID', '00000000-0000-0000-0000-000000000000')
}
param cycles = [
  { cycle: 1, name: 'Cycle 1', area: 'west' }
  { cycle: 2, name: 'Cycle 2', area: 'west' }
  { cycle: 3, name: 'Cycle 3', area: 'east' }
  { cycle: 4, name: 'Cycle 4', area: 'east' }
]
// A Stripe sandbox allows 25 requests a second. Nothing is kept warm.
param scaling = {
  stripeRequestsPerSecond: 25
  maximumInstances: 25
  memoryMB: 2048
  alwaysReady: []
  httpConcurrency: 100
  zoneRedundant: false
}
param stripeApiKey = readEnvironmentVariable('AUTOPAY_STRIPE_API_KEY', '')
param stripeWebhookSecrets = readEnvironmentVariable('AUTOPAY_STRIPE_WEBHOOK_SECRETS', '')
param smtpPassword = readEnvironmentVariable('AUTOPAY_SMTP_PASSWORD', '')
param keepDeletedDays = 7
param retentionDays = 30
