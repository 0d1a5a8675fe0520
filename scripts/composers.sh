#!/usr/bin/env bash
# Sets up the Composers that people run beside the machine's own, for the tests to judge by, and prints one line for each:
#
#   scripts/composers.sh [FOLDER]        2.8 2.8.8 FOLDER/2.8/bin
#
# Whatever runs with that folder first on its PATH runs that Composer. What is there already is kept, without a look at the network.
#
# They are Debian's packages of newer suites: plain PHP, which runs under this machine's php. They are unpacked, not installed, and
# come verified from the mirror that this machine's own apt uses. A suite moves on to newer versions: a line of Composer
# is taken from whichever suite has it, and when none has it any more, this stops.
set -euo pipefail

LINES=(2.8 2.10 2.11)
SUITES=(trixie forky sid)

stop() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/magento-composer-auth/composers}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
work=$(mktemp -d "$folder/.work.XXXXXX")
trap 'rm -rf "$work"' EXIT

available=''
version_of() { cat "$folder/$1/version" 2>/dev/null; }

# An apt that knows these suites alone, and a machine on which nothing is installed.
apt_with_suites() {
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg mirror suite
  for tool in php apt-get apt-cache dpkg-deb; do command -v "$tool" >/dev/null || stop "This needs $tool."; done
  [ -r "$keyring" ] || stop 'This needs the package debian-archive-keyring.'
  # `indextargets` reads both forms of source files, and needs no lists to do so.
  # The names in $(…) are apt's own. shellcheck cannot read this machine's os-release.
  # shellcheck disable=SC2016,SC1091
  mirror=$(apt-get indextargets --format '$(ORIGIN) $(COMPONENT) $(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
    awk -v own="$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" '$1 == "Debian" && $2 == "main" && $3 == own { print $4 }' | head -n 1)
  [ -n "$mirror" ] || stop "No mirror of Debian is in this machine's apt sources."
  mkdir -p "$work/lists/partial" "$work/archives/partial"
  : >"$work/status"
  for suite in "${SUITES[@]}"; do echo "deb [signed-by=$keyring target=Packages lang=none] $mirror $suite main"; done >"$work/sources.list"
  options=(-qq -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferences=/dev/null
    -o Dir::Etc::preferencesparts=/dev/null -o "Dir::State::lists=$work/lists" -o "Dir::State::status=$work/status"
    -o Dir::State::extended_states=/dev/null -o "Dir::Cache=$work" -o "Dir::Cache::archives=$work/archives"
    -o "APT::Sandbox::User=$(id -un)" -o APT::Install-Recommends=false -o Acquire::Retries=3 -o Debug::NoLocking=true)
  apt-get "${options[@]}" update
  available=$(apt-cache "${options[@]}" madison composer)
}

# Unpacks the newest Composer of a line with the PHP libraries that its suite has for it.
unpack() {
  local line=$1 package suite packages file
  # A line of madison: composer | 2.8.8-1+deb13u4 | http://… trixie/main amd64 Packages
  read -r package suite < <(awk -v line="$line." 'index($3, line) == 1 { sub("/.*", "", $6); print $3, $6; exit }' <<<"$available") ||
    stop "No suite has Composer $line any more. They have: $(awk '{ printf "%s (%s) ", $3, $6 }' <<<"$available")"
  # Composer calls functions that its suite's PHP has and this machine's may lack: hence the polyfill.
  mapfile -t packages < <(apt-get "${options[@]}" --target-release "$suite" --simulate install "composer=$package" php-symfony-polyfill-php84 |
    sed -nE 's/^Inst ((composer|jsonlint|php-[a-z0-9-]+)) \(([^ ]+) .*\[all\].*/\1=\3/p')
  mkdir -p "$work/$line/debs" "$work/$line/bin"
  (cd "$work/$line/debs" && apt-get "${options[@]}" download "${packages[@]}")
  for file in "$work/$line"/debs/*.deb; do dpkg-deb --extract "$file" "$work/$line"; done
  rm -rf "$work/$line/debs"
  # Debian's autoloaders name each other by absolute paths, which would bring the libraries of the machine's own Composer in.
  find "$work/$line/usr/share/php" -name '*.php' -exec sed -i -E "s#(['\"])/usr/share/php/#\1$folder/$line/usr/share/php/#g" {} +
  polyfill="$folder/$line/usr/share/php/Symfony/Polyfill/Php84/autoload.php"
  printf '#!/bin/sh\nexec php -d include_path="%s" -d auto_prepend_file="%s" "%s" "$@"\n' \
    "$folder/$line/usr/share/php" "$polyfill" "$folder/$line/usr/bin/composer" >"$work/$line/bin/composer"
  chmod 755 "$work/$line/bin/composer"
  rm -rf "${folder:?}/$line"
  mv "$work/$line" "$folder/$line"
}

# Stops unless Composer works, and with the files of its folder alone: a resolution that fails goes through most of the libraries.
prove() {
  local line=$1 output version
  mkdir -p "$work/empty"
  echo '{"require": {"acme/none": "1.0"}, "repositories": {"packagist.org": false}}' >"$work/empty/composer.json"
  cat >"$work/prepended.php" <<PHP
<?php
require '$polyfill';
register_shutdown_function(function () {
    foreach (array_diff(get_included_files(), [__FILE__]) as \$file) {
        if (strpos(\$file, '$folder/$line/') !== 0) fwrite(STDERR, "FOREIGN \$file\n");
    }
});
PHP
  run() { (cd "$work/empty" && COMPOSER_ALLOW_SUPERUSER=1 COMPOSER_HOME="$work/home" "$@" --no-interaction --no-ansi 2>&1); }
  # What stands in the place of the polyfill tells at the end whose files were loaded.
  sed "s#$polyfill#$work/prepended.php#" "$folder/$line/bin/composer" >"$work/observed"
  output=$(run sh "$work/observed" update) || true
  [[ $output != *FOREIGN* ]] || stop "Composer $line loads what is not its own: $(grep FOREIGN <<<"$output" | head -n 3)"
  [[ $output == *acme/none*'could not be found'* ]] || stop "Composer $line does not work here: $output"
  version=$(run "$folder/$line/bin/composer" --version | sed -nE 's/^Composer (version )?([0-9][^ ]*).*/\2/p')
  [[ $version == "$line".* ]] || stop "This was to be Composer $line: $version"
  # Written last: without it nothing counts as set up.
  echo "$version" >"$folder/$line/version"
}

for line in "${LINES[@]}"; do
  if [ -z "$(version_of "$line")" ]; then
    [ -n "$available" ] || apt_with_suites
    unpack "$line"
    prove "$line"
  fi
  echo "$line $(version_of "$line") $folder/$line/bin"
done
