#!/usr/bin/env bash
# What action.yml runs. Its inputs come in variables of the environment, so that no text of a pull request becomes code.
set -euo pipefail

if [ -z "${SIGC:-}" ]; then
  SIGC="$RUNNER_TEMP/sigc"
  (cd "$GITHUB_ACTION_PATH" && go build -o "$SIGC" ./cmd/sigc)
fi

read -r -d '' -a paths <<<"${SIGC_PATHS:-.}" || true # read ends at the end of the text, which it calls a failure

since=${SIGC_SINCE:-}
if [ "$since" = none ]; then
  since=
elif [ -z "$since" ] && [ -n "${GITHUB_BASE_REF:-}" ]; then
  since="origin/$GITHUB_BASE_REF"
  if ! git rev-parse --verify --quiet "$since^{commit}" >/dev/null; then # a checkout of the last commit alone
    git fetch --quiet --no-tags --depth=1 origin "+refs/heads/$GITHUB_BASE_REF:refs/remotes/$since"
  fi
  # Changes that the base has got since are none of the pull request; without the history they cannot be told apart.
  since=$(git merge-base "$since" HEAD 2>/dev/null || echo "$since")
fi
args=()
if [ -n "$since" ]; then args=(--since "$since"); fi

status=0
"$SIGC" lint --format github --fail-on "${SIGC_FAIL_ON:-error}" ${args[@]+"${args[@]}"} -- "${paths[@]}" || status=$?
if [ "$status" -gt 1 ]; then exit "$status"; fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  "$SIGC" lint --format markdown --fail-on never ${args[@]+"${args[@]}"} -- "${paths[@]}" >>"$GITHUB_STEP_SUMMARY"
fi
if [ -n "${SIGC_SARIF:-}" ]; then
  "$SIGC" lint --format sarif --fail-on never ${args[@]+"${args[@]}"} -- "${paths[@]}" >"$SIGC_SARIF"
fi
if [ "${SIGC_COMMENT:-false}" = true ] && [ -n "${SIGC_PULL_REQUEST:-}" ] && [ -n "$since" ]; then
  body=$(mktemp)
  "$SIGC" diff --format markdown "$since" -- "${paths[@]}" >"$body"
  gh pr comment "$SIGC_PULL_REQUEST" --edit-last --body-file "$body" 2>/dev/null || gh pr comment "$SIGC_PULL_REQUEST" --body-file "$body"
fi
exit "$status"
