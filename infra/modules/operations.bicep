import { settings, tagSet } from '../types.bicep'

metadata description = 'A place inside the network that runs the commands of the deployed package, with an identity of its own. It costs nothing while nothing runs.'

param suffix string
param location string
param tags tagSet
param subnetId string
param workspaceId string
param identity { id: string, clientId: string }
@description('Of the vault, with a slash at the end.')
param vaultUri string
@description('Whether the mail server knows a user.')
param hasSmtpPassword bool
param commonSettings settings
@description('The package that the app runs: what is deployed is what commands are run from.')
param packageUri string
@description('Has the runtime, curl and PowerShell, which unpacks.')
param image string
@description('A group in Entra ID whose members may start and stop the job, and nothing else; empty: nobody but the owners.')
param operatorGroupId string

var containerAppsJobsOperator = 'b9a307c4-5aa3-4b52-ba60-2b17c136cd7b'
// Which secret becomes which setting. A command reads them when it starts: they may not be there yet when this is made, and may be rotated.
var secrets = concat(
  ['stripe-api-key=Stripe__ApiKey', 'stripe-webhook-secrets=Stripe__WebhookSecrets'],
  hasSmtpPassword ? ['smtp-password=Smtp__Password'] : []
)

resource environment 'Microsoft.App/managedEnvironments@2026-01-01' = {
  name: 'cae-${suffix}'
  location: location
  tags: tags
  properties: {
    vnetConfiguration: { infrastructureSubnetId: subnetId, internal: true }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    // By a diagnostic setting: the workspace takes no keys.
    appLogsConfiguration: { destination: 'azure-monitor' }
  }
}

// Only preview versions of this type know Log Analytics tables of their own.
#disable-next-line use-recent-api-versions
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: environment
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'ContainerAppConsoleLogs', enabled: true }, { category: 'ContainerAppSystemLogs', enabled: true }]
  }
}

resource job 'Microsoft.App/jobs@2026-01-01' = {
  name: 'job-operations'
  location: location
  tags: tags
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      triggerType: 'Manual'
      manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 }
      // A restore of a large city takes its time, and is never begun anew by itself.
      replicaTimeout: 14400
      replicaRetryLimit: 0
    }
    template: {
      containers: [
        {
          name: 'autopay'
          image: image
          command: ['/bin/sh', '-c', loadTextContent('../operations/run.sh'), 'autopay']
          args: ['stuck']
          resources: { cpu: json('1'), memory: '2Gi' }
          env: concat(
            map(items(commonSettings), it => { name: it.key, value: it.value }),
            [
              { name: 'AutopayStorage__clientId', value: identity.clientId }
              { name: 'AutopayCopies__clientId', value: identity.clientId }
              { name: 'AZURE_CLIENT_ID', value: identity.clientId }
              { name: 'AUTOPAY_PACKAGE', value: packageUri }
              { name: 'AUTOPAY_VAULT', value: vaultUri }
              { name: 'AUTOPAY_SECRETS', value: join(secrets, ' ') }
            ]
          )
        }
      ]
    }
  }
}

resource start 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorGroupId)) {
  name: guid(job.id, operatorGroupId, containerAppsJobsOperator)
  scope: job
  properties: {
    principalId: operatorGroupId
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', containerAppsJobsOperator)
  }
}

output jobName string = job.name
