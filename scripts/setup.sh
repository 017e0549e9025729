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

# java_property <home> <name>; prints nothing if there is no Java in that home.
java_property() {
  "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n "s/^ *$2 = //p" || true
}

# 17 of 17, and 1 of 1.8, which is too old anyway.
java_major() {
  java_property "$1" java.specification.version | sed 's/[^0-9].*//'
}

need_jdk() {
  local java major
  if [ -z "${JAVA_HOME:-}" ]; then
    java=$(command -v java) || { say "not found: a JDK - install one, 17 or newer"; exit 1; }
    # What is on the PATH may be a link or a wrapper; Java itself knows where it is at home.
    JAVA_HOME=$(java_property "$(dirname "$(dirname "$java")")" java.home)
  fi
  export JAVA_HOME
  if [ ! -x "$JAVA_HOME/bin/javac" ]; then
    say "JAVA_HOME=$JAVA_HOME is no JDK (it has no bin/javac) - install one, 17 or newer"
    exit 1
  fi
  major=$(java_major "$JAVA_HOME")
  [ "${major:-0}" -ge 17 ] || { say "JAVA_HOME=$JAVA_HOME is Java $major; 17 or newer is needed"; exit 1; }
}

# Prints the home of a JDK of that major, if one is installed.
find_jdk() {
  local home
  for home in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/*; do
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

# The wrapper's checksum is that of a .zip, and without unzip it would load something else. A JDK can
# unpack one, too. Prints a folder for the PATH.
unzip_by_jar() {
  local folder
  folder=$(mktemp -d)
  cat >"$folder/unzip" <<'EOF'
#!/bin/sh
# unzip -q <archive> -d <folder>
cd "$4" && "$JAVA_HOME/bin/jar" xf "$2" && chmod +x */bin/mvn
EOF
  chmod +x "$folder/unzip"
  echo "$folder"
}

maven() {
  local server unzip='' status=0
  server=$(postgres_binaries)
  command -v unzip >/dev/null || unzip=$(unzip_by_jar)
  PATH="${unzip:+$unzip:}$PATH" \
    ./mvnw -B ${server:+-Dembedded-postgres-binaries.version=$server} "$@" || status=$?
  [ -z "$unzip" ] || rm -r "$unzip"
  return $status
}
