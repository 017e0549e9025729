#!/usr/bin/env bash
# What opskit adds to the start of a Spring Boot application: the sample of src/it/spring-boot, started in turn with and
# without ops-spring-boot and what it brings. Build first: ./mvnw -pl verification/consumer -am verify -DskipTests
#   startup-cost.sh [runs] [java home]...      default 9 runs on the JAVA_HOME of this shell
set -euo pipefail
cd "$(dirname "$0")/target/it/spring-boot/target"

runs=${1:-9}
shift || true
[ $# -gt 0 ] || set -- "${JAVA_HOME:?}"

with=classes:$(cat classpath)
without=$(tr : '\n' <<<"$with" \
  | grep -vE '/dev/opskit/|/caffeine/|/zstd-jni/|/jackson-core/2|/micrometer-registry-prometheus/|/io/prometheus/' \
  | paste -sd:)

start() { # java home, class path
  "$1/bin/java" -cp "$2" com.example.startup.Sample \
    --spring.config.name=none --server.port=0 --server.address=127.0.0.1 --logging.level.root=warn --spring.main.banner-mode=off \
    | sed -n 's/^started //p'
}

median() { # column
  sort -n -k"$1,$1" | awk -v c="$1" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'
}

for home in "$@"; do
  folder=$(mktemp -d)
  start "$home" "$with" >/dev/null
  start "$home" "$without" >/dev/null
  for _ in $(seq "$runs"); do
    start "$home" "$without" >>"$folder/without"
    start "$home" "$with" >>"$folder/with"
  done
  echo "$("$home/bin/java" -version 2>&1 | head -1), median of $runs starts, load $(cut -d' ' -f1 /proc/loadavg)"
  for kind in without with; do
    echo "  $kind: $(median 2 <"$folder/$kind") ms CPU, $(median 1 <"$folder/$kind") ms on the clock," \
      "$(median 3 <"$folder/$kind") bean definitions"
  done
  rm -r "$folder"
done
