# What the job runs: the package of the app, fetched with the job's own identity, and in it the command.
set -eu
umask 077
cd "$(mktemp -d)"

# The value of one name of an answer in JSON.
field() { sed -E "s/.*\"$1\" *: *\"([^\"]*)\".*/\1/"; }
token() {
  curl -sSf -H "X-IDENTITY-HEADER: $IDENTITY_HEADER" \
    "$IDENTITY_ENDPOINT?api-version=2019-08-01&resource=$1&client_id=$AZURE_CLIENT_ID" | tr -d '\n' | field access_token
}

curl -sSf -H "Authorization: Bearer $(token https://storage.azure.com/)" -H 'x-ms-version: 2023-11-03' -o autopay.zip "$AUTOPAY_PACKAGE"
pwsh -NoProfile -Command 'Expand-Archive autopay.zip app'

# A secret that is not there is no setting: the command then says what is missing.
for secret in $AUTOPAY_SECRETS; do
  if answer=$(curl -sSf -H "Authorization: Bearer $(token https://vault.azure.net)" "${AUTOPAY_VAULT}secrets/${secret%%=*}?api-version=7.4"); then
    export "${secret#*=}=$(printf %s "$answer" | tr -d '\n' | field value)"
  fi
done

cd app
exec dotnet Autopay.dll "$@"
