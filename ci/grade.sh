#!/usr/bin/env bash
# Grade one submission in any CI: grade.sh [OPTION...] SUBMISSION
#
# Reports go to the folder $REPORTS (default: reports) as YAML, HTML, Markdown and JUnit XML. The exit status is that of
# `grade`: 0 at or above --pass-mark, 1 below it, 2 unusable input, 3 a fault of the grader's own.
set -euo pipefail

reports=${REPORTS:-reports}
formats=(--format yaml --format html --format markdown --format junit)

# A checkout is the student's: a folder on the way to the submission may be a link, to the solution for example.
folder=${*: -1}
while [[ $folder == */* && $folder != /* ]]; do
  folder=${folder%/*}
  if [[ -L $folder ]]; then
    echo "grade.sh: $folder: a link; links are not followed" >&2
    exit 2
  fi
done

rm -rf -- "$reports" # where this is a link, the link alone
mkdir -p -- "$reports"

if [[ ${GITHUB_ACTIONS:-} != true ]]; then
  exec grade -o "$reports" "${formats[@]}" "$@"
fi

# The log may show what a student wrote; between these two lines GitHub takes nothing in it for a command.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$token"
status=0
grade -o "$reports" "${formats[@]}" --format github "$@" || status=$?
echo "::$token::"

shopt -s nullglob
for annotations in "$reports"/*.github.txt; do
  cat -- "$annotations"
done
for summary in "$reports"/*.md; do
  cat -- "$summary" >>"$GITHUB_STEP_SUMMARY"
done
exit "$status"
