"""A Spark job: a data set of articles in, a data set of dispaccio's records out.

    spark-submit examples/spark/job.py INPUT OUTPUT [options] [-- options of dispaccio]

`examples/spark/run` calls it in local mode; on a cluster it is submitted like any other job. Each partition is piped
through pipe.py and so through a process of the binary, both of which the job takes to the executors. README.md beside
it says what is promised.
"""

import argparse
import json
import os
import pathlib
import shlex
import subprocess
import sys

from pyspark import SparkContext
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

HERE = pathlib.Path(__file__).resolve().parent
FAILED = ',"error":{"kind":"'


class Usage(Exception):
    """The job cannot begin as it was called."""


def arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="run",
        description="Extracts people, agencies, organizations, countries, counts and dates from a data set of articles, on Spark.",
        epilog="What follows -- goes to dispaccio: -- --only people,dates --lang it",
    )
    parser.add_argument("input", help="a file, folder or glob, as Spark reads them; commas between several JSON Lines paths")
    parser.add_argument("output", help="a folder that is not there yet")
    parser.add_argument("--from", dest="source", choices=("jsonl", "parquet"), help="what the input is (default: as its name says, else jsonl)")
    parser.add_argument("--to", dest="target", choices=("jsonl", "parquet"), default="jsonl", help="what the output is (default: jsonl)")
    parser.add_argument("--compress", choices=("none", "gzip"), default="none", help="of JSON Lines output; Parquet follows Spark's settings")
    parser.add_argument("--text-field", default="text", help="the key or column of a text (default: text)")
    parser.add_argument("--id-field", default="id", help="the key or column of an id (default: id)")
    parser.add_argument("--published-field", default="published", help="the key or column of the publication day (default: published)")
    parser.add_argument("--number", action="store_true", help="articles without an id get their number in the data set, from 1: one more pass over the input")
    parser.add_argument("--partitions", type=int, help="how many parts to work in (default: as the input is split)")
    parser.add_argument("--binary", default=str(HERE.parents[1] / "target/release/dispaccio"), help="the dispaccio that runs on the executors")
    own, rest = (words[: words.index("--")], words[words.index("--") + 1 :]) if "--" in words else (words, [])
    asked = parser.parse_args(own)
    asked.options = rest
    if asked.source is None:
        asked.source = "parquet" if asked.input.rstrip("/").endswith(".parquet") else "jsonl"
    return asked


def schema_of(binary: str) -> T.StructType:
    """The columns of a record, or of a failure: what `dispaccio schema` says, as Spark's types."""
    try:
        printed = subprocess.run([binary, "schema"], capture_output=True, check=True).stdout
    except OSError as error:
        raise Usage(f"cannot run {binary}: {error.strerror}; --binary names another") from error
    except subprocess.CalledProcessError as error:
        raise Usage(f"{binary} schema: exit status {error.returncode}; is it dispaccio?") from error
    schema = json.loads(printed)
    record, failure = (struct(schema["$defs"][name], schema["$defs"]) for name in ("Record", "Failure"))
    return T.StructType(record.fields + [f for f in failure.fields if f.name not in record.names])


def struct(schema: dict, defs: dict) -> T.StructType:
    return T.StructType([T.StructField(name, spark_type(of, defs)) for name, of in schema["properties"].items()])


def spark_type(schema: dict, defs: dict) -> T.DataType:
    """The type of a JSON Schema; what may be of any type, as an id may, is a string."""
    if "$ref" in schema:
        return spark_type(defs[schema["$ref"].rsplit("/", 1)[1]], defs)
    for choices in ("anyOf", "oneOf"):
        if choices in schema:
            return spark_type(next(s for s in schema[choices] if s.get("type") != "null"), defs)
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next(k for k in kind if k != "null")
    if kind == "object":
        return struct(schema, defs)
    if kind == "array":
        return T.ArrayType(spark_type(schema["items"], defs))
    return {"integer": T.LongType(), "number": T.DoubleType(), "boolean": T.BooleanType()}.get(kind, T.StringType())


def articles(spark: SparkSession, asked: argparse.Namespace):
    """The data set as lines of JSON."""
    if asked.source == "jsonl":
        lines = spark.sparkContext.textFile(asked.input)
        first = next((line for line in lines.take(20) if line.strip()), None)
        if first is not None and not asked.number and asked.id_field not in keys(first):
            raise Usage(f"the first record has no {asked.id_field!r}: name the key of ids (--id-field), or number them (--number)")
        return lines
    table = spark.read.parquet(asked.input)
    if asked.text_field not in table.columns:
        raise Usage(f"no column {asked.text_field!r} (--text-field) among {', '.join(table.columns)}")
    if asked.id_field not in table.columns and not asked.number:
        raise Usage(f"no column {asked.id_field!r} among {', '.join(table.columns)}: --id-field, or --number")
    wanted = (asked.id_field, asked.text_field, asked.published_field, "lang")
    return table.select([F.col(f"`{name}`") for name in wanted if name in table.columns]).toJSON()


def keys(line: str):
    """The keys of a record; of what is none the program will say so."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return Anything()
    return record if isinstance(record, dict) else Anything()


class Anything:
    def __contains__(self, _) -> bool:
        return True


def command(context: SparkContext, asked: argparse.Namespace) -> tuple[str, dict[str, str]]:
    """What each partition is piped through, and its environment. Executors have the job's files in their working folder."""
    files = [str(HERE / "pipe.py"), os.path.abspath(asked.binary)]
    python, environment = sys.executable, dict(os.environ)
    if not context.master.startswith("local") or context.master.startswith("local-cluster"):
        for file in files:
            context.addFile(file)
        files = [f"./{os.path.basename(file)}" for file in files]
        python, environment = os.environ.get("PYSPARK_PYTHON", "python3"), {"PATH": "/usr/local/bin:/usr/bin:/bin"}
    pipe, binary = files
    words = [python, pipe, "--id-field", asked.id_field] + (["--numbered"] if asked.number else [])
    words += [binary, "--input", "jsonl", "--jobs", "1", "--quiet", "--id-field", asked.id_field]
    words += ["--text-field", asked.text_field, "--published-field", asked.published_field]
    return shlex.join(words + asked.options), environment


def run(spark: SparkSession, asked: argparse.Namespace) -> tuple[int, int]:
    """Does the work: how many records there are now, and how many of them are failures."""
    columns = schema_of(asked.binary)
    lines = articles(spark, asked)
    if asked.number:
        lines = lines.zipWithIndex().map(lambda pair: f"{pair[1] + 1}\t{pair[0]}")
    if asked.partitions:
        fewer = asked.partitions <= lines.getNumPartitions()
        lines = lines.coalesce(asked.partitions) if fewer else lines.repartition(asked.partitions)
    through, environment = command(spark.sparkContext, asked)
    records = lines.pipe(through, environment, checkCode=True)
    total, failures = spark.sparkContext.accumulator(0), spark.sparkContext.accumulator(0)

    def counted(part):
        seen = failed = 0
        for record in part:
            seen, failed = seen + 1, failed + (FAILED in record)
            yield record
        total.add(seen)
        failures.add(failed)

    records = records.mapPartitions(counted)
    if asked.target == "jsonl":
        codec = "org.apache.hadoop.io.compress.GzipCodec" if asked.compress == "gzip" else None
        records.saveAsTextFile(asked.output, codec)
    else:
        table = spark.createDataFrame(records.map(lambda r: (r,)), "record string")
        table.select(F.from_json("record", columns).alias("r")).select("r.*").write.parquet(asked.output)
    return total.value, failures.value


def main() -> int:
    asked = arguments(sys.argv[1:])
    spark = SparkSession.builder.appName("dispaccio").getOrCreate()
    try:
        total, failures = run(spark, asked)
    except Usage as error:
        print(f"run: {error}", file=sys.stderr)
        return 2
    except Exception as error:
        if not isinstance(error, PySparkException) and type(error).__module__.split(".")[0] != "py4j":
            raise
        message, status = explained(error, asked.output)
        print(f"run: {message}", file=sys.stderr)
        return status
    finally:
        spark.stop()
    print(f"{total} records, {failures} of them failures: {asked.output}", file=sys.stderr)
    return 1 if failures else 0


def explained(error: Exception, output: str) -> tuple[str, int]:
    """What a Spark error comes to, in a line, and the exit status."""
    if "FileAlreadyExistsException" in str(error) or "PATH_ALREADY_EXISTS" in str(error):
        return f"{output} is there already", 2
    lines = [line.strip() for line in str(error).splitlines()]
    telling = [line for line in lines if "Error" in line or "Exception" in line]
    why = " / ".join(dict.fromkeys(telling[:1] + telling[-2:])) or str(error)
    return f"the job failed, and {output} is not whole: {why}", 3


if __name__ == "__main__":
    sys.exit(main())
