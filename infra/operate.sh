#!/usr/bin/env bash
# Runs a command of the app inside its network, as the job of operations.bicep, and shows what it printed.
#   group=rg-autopay-production infra/operate.sh reconcile --reason "after the outage at Stripe"
# Whatever it changes is recorded with the job's identity and the name of this start; Azure's activity log has who started it.
set -euo pipefail
group=${group:?say which resource group: group=rg-autopay-production}
if [ $# -eq 0 ]; then
  sed -n '2,4s/^# *//p' "$0"
  exit 2
fi

job=$(az containerapp job list --resource-group "$group" --query '[0].id' --output tsv)
name=${job##*/}
body=$(mktemp)
trap 'rm -f "$body"' EXIT

# The template of the job with this command in it: what is not named would be lost.
az containerapp job show --resource-group "$group" --name "$name" --query properties.template --output json |
  jq '{containers: [.containers[0] | {image, name, command, env, resources, args: $ARGS.positional}]}' --args -- "$@" > "$body"
run=$(az rest --method post --url "https://management.azure.com$job/start?api-version=2025-01-01" --body "@$body" --query name --output tsv)
echo "$run has begun; it goes on when you leave." >&2

state=Running
while [ "$state" = Running ] || [ "$state" = Processing ] || [ -z "$state" ]; do
  sleep "${AUTOPAY_POLL_SECONDS:-5}"
  state=$(az containerapp job execution show --resource-group "$group" --name "$name" --job-execution-name "$run" --query properties.status --output tsv)
done

workspace=$(az monitor log-analytics workspace list --resource-group "$group" --query '[0].customerId' --output tsv)
query="ContainerAppConsoleLogs | where ContainerGroupName startswith '$run' | order by TimeGenerated asc | project Log"
az containerapp job logs show --resource-group "$group" --name "$name" --execution "$run" --container autopay --format text --tail 300 ||
  echo "Its lines are in the workspace in a few minutes: az monitor log-analytics query --workspace $workspace --analytics-query \"$query\"" >&2
echo "$run: $state" >&2
[ "$state" = Succeeded ]
