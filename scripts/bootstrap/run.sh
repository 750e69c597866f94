#!/bin/sh
# `make run`: install what is missing, load the demo structure where there is nothing, serve.
set -eu
cd "$(dirname "$0")/../.."
python=$(sh scripts/bootstrap/find_python.sh)
"$python" scripts/bootstrap/install.py run
exec "$python" scripts/bootstrap/in_front.py .venv/bin/jalons serve --demo
