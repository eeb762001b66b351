#!/usr/bin/env bash
# Sets up what a make target needs and says what it does; quiet where nothing is missing.
#
#   .ci/setup.sh           what building and running the command needs
#   .ci/setup.sh node      Node and npm, which build the page
#   .ci/setup.sh window    what building the window needs as well
#   .ci/setup.sh test      and what the tests need
#   .ci/setup.sh bench     and what the benchmarks need
#   .ci/setup.sh maplibre  what building and trying the GPU rasteriser needs
set -euo pipefail

rust_needed=1.95
node_needed=20.19
tauri_driver=2.1.0
purpose=${1:-build}

say() { printf '==> %s\n' "$*"; }
fail() {
    printf 'setup: %s\n' "$@" >&2
    exit 1
}

# ---- Node ----------------------------------------------------------------------------------------

# Debian 12's own Node is too old for the page's tools, and which newer one to take is not ours to say
check_node() {
    local how="get it from https://nodejs.org (or your distribution's backports), open a new shell and run make again"
    command -v node >/dev/null || fail "node is not on the PATH; Node $node_needed or newer builds the page: $how"
    local have
    have=$(node --version | sed -E 's/^v([0-9]+\.[0-9]+).*/\1/')
    [ "$(printf '%s\n%s\n' "$node_needed" "$have" | sort -V | head -n 1)" = "$node_needed" ] ||
        fail "Node $have is older than $node_needed, which the page is built with: $how"
    command -v npm >/dev/null || fail "npm is not on the PATH, though node is: install npm, then run make again"
}

case $purpose in
    node)
        check_node
        exit 0
        ;;
    window | test) check_node ;;
esac

# ---- system packages -----------------------------------------------------------------------------

# libclang: the PROJ bindings are generated at build time
packages=(build-essential pkg-config libgdal-dev libproj-dev libsqlite3-dev libclang-dev)
case $purpose in
    window | test) packages+=(libwebkit2gtk-4.1-dev libgtk-3-dev) ;;
esac
case $purpose in
    # ogr2ogr makes the real-format files, GEOS is the independent oracle; the page runs in Chromium,
    # the window on a screen that is not there
    test)
        packages+=(gdal-bin libgeos-dev chromium webkit2gtk-driver xvfb xauth xdotool xclip dbus-x11 fonts-noto-cjk)
        # what a paper says and looks like is read back from it
        packages+=(poppler-utils libreoffice-writer libreoffice-calc)
        # the square that files are dragged from
        packages+=(python3 python3-gi gir1.2-gtk-3.0)
        ;;
    bench) packages+=(libgeos-dev python3 python3-venv) ;;
    # protoc builds maplibre's vector tiles; Mesa draws in software where there is no GPU
    maplibre) packages+=(protobuf-compiler libvulkan1 mesa-vulkan-drivers fonts-noto-cjk) ;;
esac

install_debian() {
    local missing=() package
    for package in "${packages[@]}"; do
        if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
            missing+=("$package")
        fi
    done
    [ ${#missing[@]} -eq 0 ] && return
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            fail "missing packages: ${missing[*]}" "neither root nor sudo is at hand; as root run: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    say "installing with apt: ${missing[*]}"
    local log
    log=$(mktemp)
    # sudo drops the environment, so env sets it behind sudo
    if ! { "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        cat "$log" >&2
        fail "apt could not install: ${missing[*]} (its words are above)"
    fi
    rm -f "$log"
}

# elsewhere: look for what the build will look for, and say what to install
check_elsewhere() {
    local missing=() library
    command -v cc >/dev/null || missing+=("a C compiler (cc)")
    if command -v pkg-config >/dev/null; then
        for library in gdal proj sqlite3; do
            pkg-config --exists "$library" || missing+=("$library with its headers")
        done
    else
        missing+=("pkg-config, GDAL, PROJ and SQLite with their headers")
    fi
    if [ "$purpose" = window ] || [ "$purpose" = test ]; then
        pkg-config --exists webkit2gtk-4.1 2>/dev/null || missing+=("WebKitGTK 4.1 with its headers")
    fi
    if [ "$purpose" = test ] || [ "$purpose" = bench ]; then
        command -v geos-config >/dev/null || missing+=("GEOS with its headers")
    fi
    if [ "$purpose" = test ]; then
        command -v ogr2ogr >/dev/null || missing+=("ogr2ogr (GDAL's tools)")
        command -v pdftotext >/dev/null || missing+=("pdftotext (poppler)")
        command -v chromium >/dev/null || missing+=("chromium")
        command -v soffice >/dev/null || missing+=("LibreOffice Writer and Calc")
        command -v WebKitWebDriver >/dev/null || missing+=("WebKitWebDriver")
        command -v xvfb-run >/dev/null || missing+=("xvfb-run")
        /usr/bin/python3 -c "import gi" 2>/dev/null || missing+=("python3-gi (PyGObject) with GTK 3")
    fi
    if [ "$purpose" = bench ]; then
        command -v python3 >/dev/null || missing+=("python3")
    fi
    if [ "$purpose" = maplibre ]; then
        command -v protoc >/dev/null || missing+=("protoc (protobuf's compiler)")
    fi
    [ ${#missing[@]} -eq 0 ] && return
    local list
    list=$(printf '%s; ' "${missing[@]}")
    fail "missing: ${list%; }" \
        "only Debian and Ubuntu are set up on their own; install by hand, then run make again:" \
        "  Fedora:  sudo dnf install gcc pkgconf gdal gdal-devel proj-devel sqlite-devel clang-devel geos-devel webkit2gtk4.1-devel python3" \
        "  Arch:    sudo pacman -S --needed base-devel gdal proj sqlite clang geos webkit2gtk-4.1 python" \
        "  macOS:   xcode-select --install; brew install pkgconf gdal proj sqlite llvm geos python"
}

if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
    install_debian
else
    check_elsewhere
fi

# ---- Rust ----------------------------------------------------------------------------------------

how_to_get_rust="get it from https://rustup.rs, then open a new shell and run make again"
command -v cargo >/dev/null || fail "cargo is not on the PATH; Rust $rust_needed or newer is needed: $how_to_get_rust"
have=$(rustc --version | sed -E 's/^rustc ([0-9]+\.[0-9]+).*/\1/')
if [ "$(printf '%s\n%s\n' "$rust_needed" "$have" | sort -V | head -n 1)" != "$rust_needed" ]; then
    if command -v rustup >/dev/null; then
        fail "Rust $have is older than $rust_needed; run: rustup update stable && rustup default stable"
    fi
    fail "Rust $have is older than $rust_needed: $how_to_get_rust"
fi

if [ "$purpose" = test ] || [ "$purpose" = maplibre ]; then
    for component in rustfmt clippy; do
        if ! cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1; then
            command -v rustup >/dev/null || fail "cargo has no $component; install it from where your Rust came from"
            say "adding the Rust component $component"
            rustup component add "$component" >/dev/null 2>&1 || fail "rustup could not add $component; run: rustup component add $component"
        fi
    done
fi

# drives the window through WebKitWebDriver
if [ "$purpose" = test ] && ! command -v tauri-driver >/dev/null; then
    say "installing tauri-driver $tauri_driver (about a minute)"
    cargo install --quiet --locked "tauri-driver@$tauri_driver" || fail "cargo could not install tauri-driver $tauri_driver"
fi
