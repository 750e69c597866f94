#!/bin/sh
# `make test`: install what the tests need, check the code, run every test.
set -eu
cd "$(dirname "$0")/../.."
python=$(sh scripts/bootstrap/find_python.sh)
"$python" scripts/bootstrap/install.py run test
JALONS_CHROMIUM=$("$python" scripts/bootstrap/chromium.py)
export JALONS_CHROMIUM
PATH="$PWD/.venv/bin:$PATH"

ruff check .
lint-imports
mypy --follow-imports=silent
djlint app --lint --quiet --profile jinja
# Twice the cores of a small machine: browser tests wait half of the time.
exec python -m pytest -n 4 --dist worksteal
