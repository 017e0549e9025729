# Sourced by demo and verify: finds what they need, installs what is missing where it may, and
# otherwise says in one line what to install and what goes without it.

cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
  command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

# need <command> <Debian package> <what goes without it>
need() {
  find_tool "$1" >/dev/null && return 0
  if may_install; then
    say "installing $2 (for $1) ..."
    if [ -z "${apt_updated:-}" ]; then
      as_root apt-get update -qq >&2 || true
      apt_updated=yes
    fi
    # RUNLEVEL=1 keeps the package from starting a service: tests start and stop their own.
    as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
      apt-get install -qq -y --no-install-recommends "$2" >&2 || true
    find_tool "$1" >/dev/null && return 0
  fi
  say "not found: $1 - install Debian's package '$2' (or your system's); without it, $3"
}

# The newest installation first: Debian keeps several majors beside each other.
find_tool() {
  local candidate
  for candidate in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn); do
    [ -x "$candidate/$1" ] && { echo "$candidate/$1"; return 0; }
  done
  command -v "$1"
}

java_major() {
  "$1/bin/java" -XshowSettings:properties -version 2>&1 |
    sed -n 's/.*java.specification.version = \([0-9]*\).*/\1/p'
}

need_jdk() {
  if [ -z "${JAVA_HOME:-}" ]; then
    command -v javac >/dev/null || { say "not found: a JDK, 17 or newer - install one"; exit 1; }
    JAVA_HOME=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
    export JAVA_HOME
  fi
  local major
  major=$(java_major "$JAVA_HOME")
  [ "${major:-0}" -ge 17 ] || { say "JAVA_HOME=$JAVA_HOME is Java $major; 17 or newer is needed"; exit 1; }
}

# Prints the home of a JDK of that major, if one is installed.
find_jdk() {
  local home
  for home in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/*; do
    if [ -x "$home/bin/javac" ] && [ "$(java_major "$home")" = "$1" ]; then
      echo "$home"
      return 0
    fi
  done
  return 1
}

# pg_dump of one major does not dump a server of a newer one: take the server that fits the tools.
postgres_binaries() {
  local tool major
  tool=$(find_tool pg_dump) || return 0
  major=$("$tool" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
  case $major in
    15) echo 15.18.0 ;;
    16) echo 16.15.0 ;;
    17) echo 17.11.0 ;;
    18) echo 18.6.0 ;;
  esac
}

maven() {
  local server
  server=$(postgres_binaries)
  ./mvnw -B ${server:+-Dembedded-postgres-binaries.version=$server} "$@"
}
