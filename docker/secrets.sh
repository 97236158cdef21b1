#!/bin/sh
# Makes what must be secret, once: whatever is there already stays as it is. The stack runs this by itself before anything else;
# run it by hand where the files shall belong to you:
#   docker/secrets.sh [FOLDER]        docker/secrets unless given
# Only the folder itself keeps others out: the files in it must be readable for the users of the containers.
set -eu
folder=${1:-$(dirname "$0")/secrets}

random() { head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }

# keep FILE TEXT: writes it whole or not at all, so that a stop in the middle leaves no half of a secret.
keep() {
  [ -s "$folder/$1" ] && return 0
  printf '%s\n' "$2" >"$folder/$1.new"
  chmod 444 "$folder/$1.new"
  mv "$folder/$1.new" "$folder/$1"
}

mkdir -p "$folder/database" "$folder/app"
chmod 700 "$folder"
chmod 755 "$folder/database" "$folder/app"
keep database/password "$(random)"
keep app/database_url "postgres://echo:$(cat "$folder/database/password")@postgres:5432/echo"
keep app/master_key "$(random)"
keep app/metrics_token "$(random)"
