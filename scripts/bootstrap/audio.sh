#!/bin/sh
# `make audio`: install what is missing, then make the sounds of the sentences that have none yet.
set -eu
cd "$(dirname "$0")/../.."
python=$(sh scripts/bootstrap/find_python.sh)
"$python" scripts/bootstrap/install.py run
exec .venv/bin/jalons audio
