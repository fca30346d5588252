# Sourced by scripts/test: the browser that the browser tests drive.

ensure_browser() {
    command -v chromium >/dev/null 2>&1 && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing Chromium for the browser tests …"
        { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
            --no-install-recommends chromium; } >/dev/null && return 0
    fi
    echo "Chromium is missing and could not be installed: the browser tests will fail." \
        "Install a package that brings the command 'chromium'." >&2
}
