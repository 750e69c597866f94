#!/bin/sh
# Print the first Python ≥ 3.11 there is: $PYTHON, python3, or one with its version in its name.
# The base Python, not that of a virtual environment in use: .venv must not be made from itself.
path='import sys; sys.version_info < (3, 11) and sys.exit(1)
print(getattr(sys, "_base_executable", None) or sys.executable)'

for name in ${PYTHON:+"$PYTHON"} python3 python3.11 python3.12 python3.13 python3.14; do
    "$name" -c "$path" 2>/dev/null && exit 0
done

here=$(python3 --version 2>/dev/null) || here="aucun Python"
echo "Jalons a besoin de Python 3.11 ou plus récent (ici : $here). Sur Debian 12 : sudo apt install python3 ;" \
    "s’il est ailleurs : PYTHON=/chemin/vers/python3 make run" >&2
exit 1
