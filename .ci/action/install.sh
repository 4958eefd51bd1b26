#!/usr/bin/env bash
# Puts sigc into a folder: the release that SIGC_VERSION names, once it has been held against its checksum, or what is
# built from here. SIGC_RELEASES is where releases stand.
set -euo pipefail
mkdir -p "$1"
into=$(cd "$1" && pwd)

if [ -z "${SIGC_VERSION:-}" ]; then
  (cd "$GITHUB_ACTION_PATH" && go build -o "$into/sigc" ./cmd/sigc)
  exit
fi

version=${SIGC_VERSION#v}
if ! [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]]; then
  echo "::error::version: \"$SIGC_VERSION\" is no version, such as v1.2.3" >&2
  exit 2
fi
case $(uname -s) in
  Linux) os=linux ;;
  Darwin) os=darwin ;;
  MINGW* | MSYS* | CYGWIN*) os=windows ;;
  *) echo "::error::there is no release for $(uname -s): leave out version to build from source" >&2; exit 2 ;;
esac
case $(uname -m) in
  x86_64 | amd64) arch=amd64 ;;
  aarch64 | arm64) arch=arm64 ;;
  *) echo "::error::there is no release for $(uname -m): leave out version to build from source" >&2; exit 2 ;;
esac
archive=sigc_${version}_${os}_${arch}.tar.gz
if [ "$os" = windows ]; then archive=${archive%.tar.gz}.zip; fi

from=${SIGC_RELEASES:-https://github.com/sigc-rules/sigc/releases/download}/v$version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for file in "$archive" checksums.txt; do
  curl --fail --silent --show-error --location --retry 3 --output "$work/$file" "$from/$file"
done
cd "$work"
# Only the line of this archive: the others are not here. No line is as wrong as another sum.
awk -v name="$archive" '$2 == name || $2 == "*" name' checksums.txt >sum
if [ ! -s sum ]; then
  echo "::error::checksums.txt of version $version does not name $archive" >&2
  exit 3
fi
if command -v sha256sum >/dev/null; then check=(sha256sum); else check=(shasum -a 256); fi
if ! "${check[@]}" --check sum >/dev/null; then
  echo "::error::$archive is not what checksums.txt of version $version says" >&2
  exit 3
fi
mkdir content
case $archive in
  *.zip) unzip -q "$archive" -d content ;;
  *) tar -xzf "$archive" -C content ;;
esac
if [ "$os" = windows ]; then mv content/sigc.exe "$into/sigc.exe"; else mv content/sigc "$into/sigc"; fi
