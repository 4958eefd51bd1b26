#!/usr/bin/env bash
# What action.yml runs. Its inputs come in variables of the environment, so that no text of a pull request becomes code.
set -euo pipefail

if [ -z "${SIGC:-}" ]; then
  bash "$(dirname "${BASH_SOURCE[0]}")/install.sh" "$RUNNER_TEMP/sigc-bin"
  SIGC="$RUNNER_TEMP/sigc-bin/sigc"
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
if [ "${SIGC_SUGGESTIONS:-false}" = true ] && [ -n "${SIGC_PULL_REQUEST:-}" ] && [ -n "$since" ]; then
  pull="repos/$GITHUB_REPOSITORY/pulls/$SIGC_PULL_REQUEST"
  review=$(mktemp) known=$(mktemp)
  "$SIGC" lint --format github-review --fail-on never "${args[@]}" -- "${paths[@]}" >"$review"
  gh api --paginate "$pull/comments" --jq '.[] | [.path, .body]' >"$known"
  # What an earlier run has suggested is not suggested again. GitHub ends the lines of what it keeps in its own way.
  jq --slurpfile known "$known" '
    def plain: gsub("\r"; "") | sub("\n+$"; "");
    [$known[] | map(plain)] as $known
    | .comments |= map(select([.path, .body] | map(plain) as $own | $known | index([$own]) | not))' "$review" >"$review.new"
  if [ "$(jq '.comments | length' "$review.new")" -gt 0 ]; then
    gh api --method POST "$pull/reviews" --input "$review.new" >/dev/null
  fi
fi
exit "$status"
