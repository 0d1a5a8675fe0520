#!/usr/bin/env bash
# Runs tests by each Composer that people run, the machine's own and those of composers.sh:
#
#   scripts/each-composer.sh [--but-own] [TEST...]        default: the suites that Composer judges
#
# Tests what was built before. Two run side by side, since each waits for one process after the other; what they print comes when they
# end, and of one that passes only its count. With WRITE_AGREEMENT, where all write one file, they run one by one.
set -euo pipefail
cd "$(dirname "$0")/.."

own=true
if [ "${1:-}" = --but-own ]; then
  own=false
  shift
fi
tests=("$@")
[ $# -gt 0 ] || tests=(__tests__/agreement __tests__/holding)
side_by_side=2
[ -z "${WRITE_AGREEMENT:-}" ] || side_by_side=1

found=$(scripts/composers.sh)
printf '%s\n' "$found"
judges=()
while read -r _ _ bin; do judges+=("$bin"); done <<<"$found"
if $own; then judges=("$(dirname "$(command -v composer)")" "${judges[@]}"); fi

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
judge() {
  local bin=$1 log=$2
  if PATH="$bin:$PATH" npm test --ignore-scripts -- --runInBand "${tests[@]}" >"$log" 2>&1; then
    printf '%s\n%s\n' "$bin" "$(grep -E '^(Tests|Time):' "$log")"
  else
    printf '%s\n' "$bin"
    cat "$log"
    return 1
  fi
}

failed=0
running=0
for index in "${!judges[@]}"; do
  if [ "$running" -ge "$side_by_side" ]; then
    wait -n || failed=1
    running=$((running - 1))
  fi
  judge "${judges[$index]}" "$logs/$index" &
  running=$((running + 1))
done
while [ "$running" -gt 0 ]; do
  wait -n || failed=1
  running=$((running - 1))
done
exit "$failed"
