#!/usr/bin/env bash
# Whether a deployed app can work: token=... build=... infra/smoke.sh https://func-autopay-....azurewebsites.net
# The token is one for the app, of somebody who may read. A halt is no failure: a deploy is done under one.
# The build is the commit that must answer; without one, any may.
set -euo pipefail
uri=${1:?say where the app is}
tries=${AUTOPAY_TRIES:-30}

ask() { curl -s -o "$answer" -w '%{http_code}' --max-time 20 ${token:+-H "Authorization: Bearer $token"} "$uri/$1" || true; }
until_ok() {
  for ((n = 1; n <= tries; n++)); do
    status=$(ask "$1")
    if [ "$status" = 200 ] && [ -n "${2:-}" ] && ! grep -q "\"build\": *\"$2\"" "$answer"; then status='200 of another build'; fi
    if [ "$status" = 200 ]; then
      echo "$1: 200"
      return
    fi
    if [ "$n" -lt "$tries" ]; then sleep "${AUTOPAY_POLL_SECONDS:-10}"; fi
  done
  echo "$1: $status after $tries tries" >&2
  head -c 2000 "$answer" >&2
  return 1
}

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
# An instance starts, the gate opens, storage answers, and the books can be read.
until_ok health/live
until_ok health/ready "${build:-}"
until_ok api/cycles
# Without a token the books are closed.
token=
status=$(ask api/cycles)
case $status in
  401 | 403) echo "api/cycles without a token: $status" ;;
  *)
    echo "api/cycles without a token: $status, and not 401" >&2
    exit 1
    ;;
esac
