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
scripts=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=scripts/debian-suites.sh
. "$scripts/debian-suites.sh"

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
    if [ -z "$available" ]; then
      command -v php >/dev/null || stop 'This needs php.'
      apt_with_suites "$work" "${SUITES[@]}"
      available=$(apt-cache "${options[@]}" madison composer)
    fi
    unpack "$line"
    prove "$line"
  fi
  echo "$line $(version_of "$line") $folder/$line/bin"
done
