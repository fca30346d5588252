# Sourced by the other scripts: finds Python and makes .venv ready.
# Before it is sourced: ROOT is the project's folder. Then: prepare_environment run|dev.

usable_python() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        usable_python "$PYTHON" && return 0
        echo "PYTHON is '$PYTHON', which is not a Python 3.11 or newer: name another, or unset it." >&2
        return 1
    fi
    for PYTHON in python3 python3.14 python3.13 python3.12 python3.11 python; do
        usable_python "$PYTHON" && return 0
    done
    echo "Patchline needs Python 3.11 or newer, and found none: install it, or set PYTHON to it." >&2
    return 1
}

prepare_environment() {
    find_python || exit 1
    "$PYTHON" "$ROOT/scripts/environment.py" "$1" || exit 1
}
