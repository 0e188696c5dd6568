#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image.
set -euo pipefail
apt-get update
apt-get install --yes --no-install-recommends python3-venv
python3 -I -m venv /opt/grader
/opt/grader/bin/pip install --quiet /autograder/source/*.whl
