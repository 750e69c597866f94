#!/bin/sh
# Write requirements/*.txt again from requirements/*.in, with versions and hashes (`make lock`).
# Versions already chosen stay; UPGRADE=--upgrade takes the newest.
set -eu
cd "$(dirname "$0")/../.."

uv=.boot/uv/bin/uv
[ -x "$uv" ] || .venv/bin/python -m pip install --quiet --target .boot/uv uv

lock() {
    name=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-annotate --no-header ${UPGRADE:-} "$@" \
        "requirements/$name.in" --output-file "requirements/$name.txt"
    echo "requirements/$name.txt"
}

lock run
lock test --constraints requirements/run.txt
lock boot
