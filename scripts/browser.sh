# Sourced by scripts/test: what the browser tests drive (Chromium) and measure with (axe).

AXE_VERSION=4.14.1
AXE_SHA256=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c

ensure_browser() {
    ensure_command chromium chromium
    ensure_axe
}

# The command named first, from the Debian packages that follow.
ensure_command() {
    command -v "$1" >/dev/null 2>&1 && return 0
    missing=$1
    shift
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing $* for the browser tests …"
        { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
            --no-install-recommends "$@"; } >/dev/null && return 0
    fi
    echo "'$missing' is missing and could not be installed: the browser tests will fail." \
        "Install a package that brings this command." >&2
    return 1
}

# axe-core is not ours to keep: it is fetched once into .cache, and is what it was when it was chosen.
ensure_axe() {
    axe="$ROOT/.cache/axe-core/axe.min.js"
    is_axe "$axe" && return 0
    ensure_command npm npm || return 1
    echo "Fetching axe-core $AXE_VERSION for the accessibility tests …"
    fetched=$(mktemp -d) || return 1
    (cd "$fetched" && npm pack --silent "axe-core@$AXE_VERSION" && tar -xzf ./*.tgz) >/dev/null
    if is_axe "$fetched/package/axe.min.js"; then
        mkdir -p "${axe%/*}" && cp "$fetched/package/axe.min.js" "$axe"
    else
        echo "axe-core could not be fetched whole: the accessibility tests will fail." >&2
    fi
    rm -rf "$fetched"
}

is_axe() {
    [ -f "$1" ] && echo "$AXE_SHA256  $1" | sha256sum -c --status -
}
