#!/usr/bin/env bash
# Puts a fresh replica in the place of each one, one after the other, from the image that is there now: for a restart and for an upgrade.
# A fresh one takes requests before an old one is told to stop; that one finishes its answers and hands its viewers over.
#   docker/rolling-restart.sh [OPTIONS OF docker compose]        such as --project-name or a further --file
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
compose() { docker compose --file "$here/compose.yml" --file "$here/compose.scale.yml" "${options[@]}" "$@"; }
options=("$@")

mapfile -t replicas < <(compose ps --quiet app)
if [ "${#replicas[@]}" -eq 0 ]; then
  echo 'No replica runs. Start the stack first: docker compose -f docker/compose.yml -f docker/compose.scale.yml up --detach --wait' >&2
  exit 1
fi

# wait_for ID: until it takes requests.
wait_for() {
  for _ in $(seq 120); do
    case $(docker inspect --format '{{.State.Status}} {{.State.Health.Status}}' "$1") in
      'running healthy') return 0 ;;
      running*) sleep 1 ;;
      *) break ;;
    esac
  done
  echo 'The fresh replica does not get ready; the others are as they were. Its last words:' >&2
  docker logs --tail 20 "$1" >&2
  return 1
}

for old in "${replicas[@]}"; do
  before=$(compose ps --quiet app)
  compose up --detach --no-deps --no-recreate --no-build --quiet-pull --scale app=$((${#replicas[@]} + 1)) app
  for fresh in $(compose ps --quiet app); do
    case $before in *"$fresh"*) ;; *) wait_for "$fresh" ;; esac
  done
  # The time is that of compose.yml: longer than ECHO_DRAIN_SECONDS.
  docker stop --time 45 "$old" >/dev/null
  docker rm "$old" >/dev/null
  echo "Replaced ${old:0:12}."
done
