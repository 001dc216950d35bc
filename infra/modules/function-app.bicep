import { billingCycle, scale, settings, signIn, tagSet } from '../types.bicep'

metadata description = 'The Flex Consumption app and every setting that it reads.'

param name string
param planName string
param location string
param tags tagSet
param environmentName string
param identity { id: string, clientId: string }
param hostStorage { name: string, blobEndpoint: string, queueEndpoint: string, tableEndpoint: string }
param moneyStorage { blobEndpoint: string, queueEndpoint: string, tableEndpoint: string }
@description('Of the second account; empty: there is none.')
param copiesEndpoint string
param packageContainer string
param insightsConnectionString string
@description('The app reads its secrets there itself, and reads them anew: a reference is kept for a day.')
param vaultUri string
param cycles billingCycle[]
param citySettings settings
param scaling scale
param users signIn
@description('None: the app is not in a network.')
param subnetId string?

// More instances than requests a second would exceed Stripe's limit even at one request each.
var instances = scaling.maximumInstances > scaling.stripeRequestsPerSecond
  ? fail('maximumInstances must not exceed stripeRequestsPerSecond')
  : scaling.maximumInstances

var cycleSettings = reduce(
  map(range(0, length(cycles)), index => {
    'Autopay__Cycles__${index}__Cycle': string(cycles[index].cycle)
    'Autopay__Cycles__${index}__Name': cycles[index].name
    'Autopay__Cycles__${index}__Area': cycles[index].area
  }),
  {},
  (all, one) => union(all, one)
)

// The platform wants two in each group that has any; fewer are refused halfway through a deployment.
var alwaysReady = scaling.zoneRedundant && length(filter(scaling.alwaysReady, ready => ready.instanceCount < 2)) > 0
  ? fail('zoneRedundant needs two always-ready instances in each group')
  : scaling.alwaysReady

var ourSettings = union(loadJsonContent('../app-settings.json'), citySettings, cycleSettings)
// What the app reads wherever it runs: as the app, and as a command in operations.bicep.
var commonSettings = union(ourSettings, {
  AutopayStorage__blobServiceUri: moneyStorage.blobEndpoint
  AutopayStorage__queueServiceUri: moneyStorage.queueEndpoint
  AutopayStorage__tableServiceUri: moneyStorage.tableEndpoint
  AutopayStorage__credential: 'managedidentity'
  AutopayCopies__blobServiceUri: copiesEndpoint
  AutopayCopies__credential: 'managedidentity'
  // Whose tokens the app itself validates, behind Easy Auth too: of this tenant, for this app.
  Identity__TenantId: users.tenantId
  Identity__Authority: '${environment().authentication.loginEndpoint}${users.tenantId}/v2.0'
  Identity__Audience: users.clientId
  Stripe__Environment: environmentName
  Stripe__RequestsPerSecond: string(scaling.stripeRequestsPerSecond)
  Stripe__Instances: string(instances)
})

var appSettingValues = union(commonSettings, {
  AutopayStorage__clientId: identity.clientId
  AutopayCopies__clientId: identity.clientId
  AzureWebJobsStorage__blobServiceUri: hostStorage.blobEndpoint
  AzureWebJobsStorage__queueServiceUri: hostStorage.queueEndpoint
  AzureWebJobsStorage__tableServiceUri: hostStorage.tableEndpoint
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.clientId
  AzureWebJobsDisableHomepage: 'true'
  // Function keys live in the host's storage, as blobs, and nowhere else.
  AzureWebJobsSecretStorageType: 'blob'
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identity.clientId}'
  OTEL_SERVICE_NAME: 'autopay'
  OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=${environmentName}'
  // The host has the same exporter: without this it sends five traces a second, and its own lines only inside them.
  OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage'
  OTEL_TRACES_SAMPLER_ARG: ourSettings.Telemetry__TraceRatio
  // For DefaultAzureCredential: which of the app's identities.
  AZURE_CLIENT_ID: identity.clientId
  // Signs users in without a client secret: the identity is the app registration's federated credential.
  OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identity.clientId
  Stripe__VaultUri: vaultUri
})

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true, zoneRedundant: scaling.zoneRedundant }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: subnetId
    siteConfig: { minTlsVersion: '1.2', http20Enabled: true }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostStorage.blobEndpoint}${packageContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: scaling.memoryMB
        maximumInstanceCount: instances
        alwaysReady: alwaysReady
        // Half of what host.json lets an instance work on at once: another one comes long before anything has to wait, or is refused.
        triggers: { http: { perInstanceConcurrency: scaling.httpConcurrency } }
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: appSettingValues
  }

  // Nobody publishes with a password.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource signIn 'config' = {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true }
      globalValidation: {
        requireAuthentication: true
        unauthenticatedClientAction: 'Return401'
        // Stripe signs what it sends; a probe needs to know only that the process answers. Residents read the status and
        // its style sheet. Not '/': were it taken for a prefix, everything would be open.
        excludedPaths: ['/api/webhooks/stripe', '/health/live', '/api/status', '/status', '/estado', '/assets/*']
      }
      httpSettings: { requireHttps: true, forwardProxy: { convention: 'NoProxy' } }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: users.clientId
            clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
            openIdIssuer: '${environment().authentication.loginEndpoint}${users.tenantId}/v2.0'
          }
          // With a refresh token in the store a page has the session's token renewed before it ends.
          login: { loginParameters: ['scope=openid profile email offline_access'] }
          validation: { allowedAudiences: [users.clientId, 'api://${users.clientId}'] }
        }
      }
      login: {
        // The app validates the session's token itself, and gets it from there.
        tokenStore: { enabled: true }
        cookieExpiration: { convention: 'FixedTime', timeToExpiration: '08:00:00' }
      }
    }
    dependsOn: [appSettings]
  }
}

output id string = app.id
output name string = app.name
output uri string = 'https://${app.properties.defaultHostName}'
@description('For commands that run beside the app, without identity and secrets.')
output commonSettings settings = commonSettings
