#!/usr/bin/env bash
# Runs the tests for Windows, or others, under Wine, with each Node that windows.sh sets up:
#
#   scripts/test-windows.sh [TEST...]
#
# Tests what was built before. Jest itself runs there, so that the tests see what they would see on Windows, and runs side by side
# for both. What they print comes when they end.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(scripts/windows.sh)
# shellcheck source=/dev/null
. "$folder/env.sh"
logs=$(mktemp -d)
trap 'rm -rf "$logs"; "$WINESERVER" --kill || true' EXIT
# Other checkouts use the same Wine.
exec 8>"$folder/running"
flock 8

# Paths of Linux are on the drive Z.
windows_path() { local path="Z:$1"; printf '%s' "${path//\//\\}"; }
nodes=("$folder"/node-*.exe)
jest=(node_modules/jest/bin/jest.js --config jest.windows.config.js --runInBand "$@")

run() { # Node, log
  local node
  node=$(windows_path "$1")
  # Of this shell's variables those that Windows' programs read: its PATH and folders are none of theirs.
  env --ignore-environment LC_ALL="$LC_ALL" HOME="$HOME" CI="${CI:-}" \
    WINEPREFIX="$WINEPREFIX" WINEDEBUG="$WINEDEBUG" WINEDLLOVERRIDES="$WINEDLLOVERRIDES" WINESERVER="$WINESERVER" \
    ACTION_NODE="$node" NODE_PATH="$(windows_path "$folder/node_modules")" OTHER_DRIVE="$(windows_path "$logs")" NO_COLOR=1 \
    timeout --kill-after 10 600 "$WINELOADER" "$node" --experimental-vm-modules --no-warnings=ExperimentalWarning "${jest[@]}" \
    >"$2" 2>&1 8>&-
}

failed=0
running=()
for node in "${nodes[@]}"; do
  run "$node" "$logs/${node##*/}.log" &
  running+=("$!")
done
for index in "${!nodes[@]}"; do
  printf '%s\n' "${nodes[$index]##*/}"
  if wait "${running[$index]}"; then
    grep -E '^(Tests|Time):' "$logs/${nodes[$index]##*/}.log"
  else
    failed=1
    cat "$logs/${nodes[$index]##*/}.log"
  fi
done
exit "$failed"
