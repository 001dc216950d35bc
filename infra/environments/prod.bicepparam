using '../main.bicep'

// Placeholders: a copy of this file, or azd's environment, has the real ones.
// The start-up gate takes a live key only in `production`, and `production` only with a live key.
param environmentName = 'production'
param location = 'centralus'
param pageEmail = readEnvironmentVariable('AUTOPAY_PAGE_EMAIL', 'autopay-on-call@city.example')
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
  alwaysReady: [
    { name: 'http', instanceCount: 1 }
    { name: 'function:EvaluateBucket', instanceCount: 1 }
  ]
}
param stripeApiKey = readEnvironmentVariable('AUTOPAY_STRIPE_API_KEY', '')
param stripeWebhookSecrets = readEnvironmentVariable('AUTOPAY_STRIPE_WEBHOOK_SECRETS', '')
param smtpPassword = readEnvironmentVariable('AUTOPAY_SMTP_PASSWORD', '')
param isPrivate = true
param storageSku = 'Standard_GZRS'
param keepDeletedDays = 365
param retentionDays = 365
