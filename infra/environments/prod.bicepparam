using '../main.bicep'

import { isPlaceholder } from '../checks.bicep'

// Everything that only the city knows comes from the environment, and has no default: a placeholder fails the build.
var required = [
  { name: 'AUTOPAY_PAGE_EMAIL', value: readEnvironmentVariable('AUTOPAY_PAGE_EMAIL') }
  { name: 'AUTOPAY_PAGE_PHONE', value: readEnvironmentVariable('AUTOPAY_PAGE_PHONE') }
  { name: 'AUTOPAY_SECOND_EMAIL', value: readEnvironmentVariable('AUTOPAY_SECOND_EMAIL') }
  { name: 'AUTOPAY_TEAM_EMAIL', value: readEnvironmentVariable('AUTOPAY_TEAM_EMAIL') }
  { name: 'AUTOPAY_RUNBOOKS', value: readEnvironmentVariable('AUTOPAY_RUNBOOKS') }
  { name: 'AZURE_TENANT_ID', value: readEnvironmentVariable('AZURE_TENANT_ID') }
  { name: 'AUTOPAY_CLIENT_ID', value: readEnvironmentVariable('AUTOPAY_CLIENT_ID') }
]
var placeholders = map(filter(required, it => isPlaceholder(it.value)), it => it.name)
var city = toObject(required, it => it.name, it => it.value)
// The start-up gate takes a live key only in `production`, and `production` only with a live key.
param environmentName = empty(placeholders) ? 'production' : fail('Empty or a placeholder: ${join(placeholders, ', ')}')
param location = 'centralus'
param receivers = {
  // Severities 0 and 1, at any hour: the engineer on call, and whoever is called when nobody answers.
  page: [
    {
      name: 'on call'
      email: city.AUTOPAY_PAGE_EMAIL
      phone: { countryCode: '1', number: city.AUTOPAY_PAGE_PHONE }
    }
    { name: 'second on call', email: city.AUTOPAY_SECOND_EMAIL }
  ]
  // Severities 2 and 3, in the morning.
  mail: [{ name: 'team', email: city.AUTOPAY_TEAM_EMAIL }]
}
param runbooks = city.AUTOPAY_RUNBOOKS
param users = {
  tenantId: city.AZURE_TENANT_ID
  clientId: city.AUTOPAY_CLIENT_ID
}
param cycles = [
  { cycle: 1, name: 'Cycle 1', area: 'west' }
  { cycle: 2, name: 'Cycle 2', area: 'west' }
  { cycle: 3, name: 'Cycle 3', area: 'east' }
  { cycle: 4, name: 'Cycle 4', area: 'east' }
]
// Nothing is debited whose amount or day its customer was not told of in time. With a mail server of the city's
// (Smtp__Host, Smtp__From, Smtp__User) notices go by e-mail, else by letter.
// No cycle is cleared before its receipts are counted, unless two people say so.
// A city with four cycles has a bills file about once a week, and payments every banking day: when either stays out,
// what falls due is held.
param citySettings = {
  Autopay__NoticeClock: 'Enforce'
  Autopay__CountedTotalsRequired: 'True'
  Autopay__StaleBillsDays: '8'
  Autopay__StalePaymentsDays: '3'
}
// A live account allows 100 requests a second; a fifth is left to the dashboard and to other systems of the city.
param scaling = {
  stripeRequestsPerSecond: 80
  maximumInstances: 40
  memoryMB: 2048
  // Two of each in different zones: a person, a webhook and the first minute of a due-date run wait for no start.
  alwaysReady: [
    { name: 'http', instanceCount: 2 }
    { name: 'function:EvaluateBucket', instanceCount: 2 }
  ]
  // Half of what host.json lets an instance work on at once: another one comes long before anything has to wait, or is refused.
  httpConcurrency: 100
  zoneRedundant: true
}
// Empty keeps what the vault holds: only the first deployment, and a rotation, bring a value.
param stripeApiKey = readEnvironmentVariable('AUTOPAY_STRIPE_API_KEY', '')
param stripeWebhookSecrets = readEnvironmentVariable('AUTOPAY_STRIPE_WEBHOOK_SECRETS', '')
param smtpPassword = readEnvironmentVariable('AUTOPAY_SMTP_PASSWORD', '')
param isPrivate = true
// The city's own networks, by their ids, are named in `peers`.
param network = { addressSpace: '10.20.0.0/24', fixedAddress: true, peers: [] }
// May run commands, and nothing else of the deployment; without a group only owners can.
param operatorGroupId = readEnvironmentVariable('AUTOPAY_OPERATOR_GROUP', '')
// The paired region of centralus; as long as the app keeps its backups.
param copies = { location: 'eastus2', keepDays: 35 }
param storageSku = 'Standard_GZRS'
param keepDeletedDays = 365
param retentionDays = 365
