# shellcheck shell=bash
# For scripts that take packages of newer suites of Debian and unpack them, without installing anything. To be sourced by a script
# that has a function `stop`.

# Sets `options` to those of an apt that knows the given suites alone, on a machine on which nothing is installed, and gets
# their lists. It works in a folder of its own. The mirror is the one that this machine's own apt uses, and the keyring Debian's.
apt_with_suites() { # folder, suites
  local work=$1 keyring=/usr/share/keyrings/debian-archive-keyring.gpg mirror suite
  shift
  for tool in apt-get apt-cache dpkg-deb; do command -v "$tool" >/dev/null || stop "This needs $tool."; done
  [ -r "$keyring" ] || stop 'This needs the package debian-archive-keyring.'
  # `indextargets` reads both forms of source files, and needs no lists to do so.
  # The names in $(…) are apt's own. shellcheck cannot read this machine's os-release.
  # shellcheck disable=SC2016,SC1091
  mirror=$(apt-get indextargets --format '$(ORIGIN) $(COMPONENT) $(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
    awk -v own="$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" '$1 == "Debian" && $2 == "main" && $3 == own { print $4 }' | head -n 1)
  [ -n "$mirror" ] || stop "No mirror of Debian is in this machine's apt sources."
  mkdir -p "$work/lists/partial" "$work/archives/partial"
  : >"$work/status"
  for suite in "$@"; do echo "deb [signed-by=$keyring target=Packages lang=none] $mirror $suite main"; done >"$work/sources.list"
  options=(-qq -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferences=/dev/null
    -o Dir::Etc::preferencesparts=/dev/null -o "Dir::State::lists=$work/lists" -o "Dir::State::status=$work/status"
    -o Dir::State::extended_states=/dev/null -o "Dir::Cache=$work" -o "Dir::Cache::archives=$work/archives"
    -o "APT::Sandbox::User=$(id -un)" -o APT::Install-Recommends=false -o Acquire::Retries=3 -o Debug::NoLocking=true)
  apt-get "${options[@]}" update
}
