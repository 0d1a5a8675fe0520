#!/usr/bin/env bash
# Runs tests by each Composer that people run, the machine's own and those of composers.sh:
#
#   scripts/each-composer.sh [--but-own] [TEST...]        default: the suites that Composer judges
#
# Tests what was built before. They run side by side, since each waits for one process after the other and for pauses between tries; what
# they print comes when they end, and of one that passes only its count. With WRITE_AGREEMENT, where all write one file, they run
# one by one.
set -euo pipefail
cd "$(dirname "$0")/.."

own=true
if [ "${1:-}" = --but-own ]; then
  own=false
  shift
fi
tests=("$@")
[ $# -gt 0 ] || tests=(__tests__/agreement __tests__/holding)

found=$(scripts/composers.sh)
printf '%s\n' "$found"
judges=()
while read -r _ _ bin; do judges+=("$bin"); done <<<"$found"
if $own; then judges=("$(dirname "$(command -v composer)")" "${judges[@]}"); fi

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
judge() {
  local bin=$1 log=$2
  if PATH="$bin:$PATH" npm run jest -- --runInBand "${tests[@]}" >"$log" 2>&1; then
    printf '%s\n%s\n' "$bin" "$(grep -E '^(Tests|Time):' "$log")"
  else
    printf '%s\n' "$bin"
    cat "$log"
    return 1
  fi
}

failed=0
running=()
for index in "${!judges[@]}"; do
  judge "${judges[$index]}" "$logs/$index" &
  running+=("$!")
  if [ -n "${WRITE_AGREEMENT:-}" ]; then wait "$!" || true; fi
done
for job in "${running[@]}"; do wait "$job" || failed=1; done
exit "$failed"
