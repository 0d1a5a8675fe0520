#!/usr/bin/env bash
# Whether the committed dist/ is what the source builds, files that are missing or too many included.
set -euo pipefail
rm -rf dist
npm run build
changed=$(git status --porcelain -- dist)
if [ -n "$changed" ]; then
  printf 'Not committed as built; run "npm run build" and commit:\n%s\n' "$changed" >&2
  exit 1
fi
