#!/bin/sh
# Put the certificate that signs into a keychain of its own, for a runner that has none.
#
# ROUTEWRIGHT_CERTIFICATE holds the .p12 file in base64, ROUTEWRIGHT_CERTIFICATE_PASSWORD its password. The keychain is
# on the list of those that are searched until the runner is gone; nothing is written outside the folder RUNNER_TEMP.

set -eu
: "${ROUTEWRIGHT_CERTIFICATE:?} ${ROUTEWRIGHT_CERTIFICATE_PASSWORD:?} ${RUNNER_TEMP:?}"

keychain=$RUNNER_TEMP/signing.keychain-db
file=$RUNNER_TEMP/certificate.p12
password=$(openssl rand -hex 24)
trap 'rm -f "$file"' EXIT

(umask 077 && printf '%s' "$ROUTEWRIGHT_CERTIFICATE" | base64 --decode >"$file")
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 7200 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$file" -k "$keychain" -P "$ROUTEWRIGHT_CERTIFICATE_PASSWORD" -f pkcs12 -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
# shellcheck disable=SC2046 # one argument per keychain; their paths have no spaces on a runner
security list-keychains -d user -s "$keychain" $(security list-keychains -d user | tr -d '"')
