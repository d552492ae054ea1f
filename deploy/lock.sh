#!/bin/sh
# Pins the packages: hashed lock files without index addresses. Called by `make lock`.
set -eu
unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL || true
compile="$UV pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11"
$compile pyproject.toml --extra furigana -o requirements.lock
$compile pyproject.toml --extra furigana --group test --group lint -c requirements.lock -o requirements-test.lock
# The next Wagtail, which pyproject.toml does not allow yet.
override=$(mktemp)
echo 'wagtail==8.0.1' > "$override"
$compile pyproject.toml --extra furigana --group test --override "$override" -o requirements-next.lock
rm -f "$override"
$compile --group lock -o requirements-tools.lock
