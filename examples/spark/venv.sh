# Sourced by run and test: what Spark needs here, and a virtual environment with it. A function that fails says in
# $spark_missing what is not there.

spark_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
venv=${CARGO_TARGET_DIR:-$spark_root/target}/spark-venv
spark_missing=

# Java 17 or later.
spark_needs_java() {
    local java=java version
    [ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
    version=$("$java" -version 2>&1) || { spark_missing="no Java: install a JRE 17 or later"; return 1; }
    version=$(sed -nE 's/.* version "([0-9]+).*/\1/p' <<< "$version" | head -1)
    [ "${version:-0}" -ge 17 ] || { spark_missing="Java ${version:-of unknown version}: Spark 4 needs 17 or later"; return 1; }
}

# The environment, made once: half a gigabyte, and a minute or two.
spark_venv() {
    local wanted=$spark_root/examples/spark/requirements.txt
    cmp -s "$wanted" "$venv/requirements.txt" && return 0
    python3 -c 'import sys, venv, ensurepip; assert sys.version_info >= (3, 10)' 2> /dev/null ||
        { spark_missing="no Python 3.10 or later with venv"; return 1; }
    echo "fetching PySpark into $venv, once" >&2
    rm -rf "$venv"
    python3 -m venv "$venv" &&
        "$venv/bin/pip" install --quiet --disable-pip-version-check --retries 2 --require-hashes -r "$wanted" >&2 ||
        { spark_missing="the package pyspark cannot be fetched"; return 1; }
    cp "$wanted" "$venv/requirements.txt"
}
