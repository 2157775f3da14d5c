"""Tests the job on Spark in local mode: JSON Lines and Parquet in and out, against what the binary gives by itself."""

import contextlib
import gzip
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from pyspark.sql import SparkSession

import job

HERE = pathlib.Path(__file__).resolve().parent
BINARY = os.environ["DISPACCIO"]
TEXTS = [
    "Matteo Renzi met Antonio Tajani in Rome on 3 March 2024, and the {} guests spoke to the press.",
    "La Guardia di Finanza di Catania ha sequestrato {} milioni di euro il 21 aprile 2022, ha detto il procuratore.",
    "Die Polizei hat am Donnerstag in München {} Wohnungen durchsucht, wie ein Sprecher der Staatsanwaltschaft sagte.",
]
ARTICLES = [{"id": f"a{n}", "text": TEXTS[n % 3].format(n + 2), "published": "2024-05-02"} for n in range(60)]
FAILED = [a["id"] for a in ARTICLES[2::3]]


def given(value):
    """A record without its nulls: a Parquet row has the columns of options not asked for, and of failures."""
    if isinstance(value, dict):
        return {k: given(v) for k, v in value.items() if v is not None}
    return [given(v) for v in value] if isinstance(value, list) else value


class Job(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        options = {"spark.log.level": "FATAL", "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.ui.showConsoleProgress": "false"}
        builder = SparkSession.builder.master("local[2]").appName("test")
        for key, value in options.items():
            builder = builder.config(key, value)
        cls.spark = builder.getOrCreate()
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        lines = [json.dumps(a, ensure_ascii=False) + "\n" for a in ARTICLES]
        cls.lines = cls.folder / "in"
        cls.lines.mkdir()
        (cls.lines / "1.jsonl").write_text("".join(lines[:25]) + "\n", "utf-8")
        (cls.lines / "2.jsonl.gz").write_bytes(gzip.compress("".join(lines[25:]).encode()))
        done = subprocess.run([BINARY, "--input", "jsonl", "--quiet"], input="".join(lines).encode(), capture_output=True)
        cls.expected = [json.loads(line) for line in done.stdout.splitlines()]
        for record in cls.expected:
            if "error" in record:
                record["error"]["message"] = record["error"]["message"].split(": ", 1)[1]
        cls.table = str(cls.folder / "in.parquet")
        cls.spark.createDataFrame(ARTICLES).write.parquet(cls.table)

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()
        cls.temporary.cleanup()

    def work(self, *words, binary=BINARY):
        """Runs the job: its counts, and the folder that it wrote."""
        out = self.folder / self.id().rsplit(".", 1)[1]
        asked = job.arguments([words[0], str(out), "--binary", str(binary), *words[1:]])
        return job.run(self.spark, asked), out

    def records(self, out):
        parts = sorted(out.glob("part-*"))
        read = [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in parts]
        return [json.loads(line) for line in b"".join(read).splitlines()]

    def test_lines_to_lines(self):
        counts, out = self.work(str(self.lines), "--compress", "gzip")
        self.assertEqual(counts, (60, 20))
        self.assertEqual(self.records(out), self.expected)

    def test_parquet_to_parquet(self):
        counts, out = self.work(self.table, "--to", "parquet", "--partitions", "3")
        self.assertEqual(counts, (60, 20))
        rows = {r.id: r.asDict(recursive=True) for r in self.spark.read.parquet(str(out)).collect()}
        self.assertEqual(len(rows), 60)
        for record in self.expected:
            row = rows[record["id"]]
            self.assertEqual(given(row), given(record))

    def test_parquet_to_lines_with_other_names_and_options(self):
        renamed = str(self.folder / "renamed.parquet")
        table = self.spark.read.parquet(self.table).withColumnsRenamed({"id": "url", "text": "body"})
        table.write.parquet(renamed)
        counts, out = self.work(renamed, "--id-field", "url", "--text-field", "body", "--", "--only", "dates", "--lang", "en")
        self.assertEqual(counts, (60, 0))
        records = self.records(out)
        self.assertEqual({r["id"] for r in records}, {a["id"] for a in ARTICLES})
        self.assertTrue(all("dates" in r and "people" not in r for r in records))

    def test_numbers(self):
        nameless = self.folder / "nameless.jsonl"
        nameless.write_text("".join(json.dumps({"text": a["text"]}) + "\n" for a in ARTICLES), "utf-8")
        with self.assertRaisesRegex(job.Usage, "--number"):
            self.work(str(nameless))
        counts, out = self.work(str(nameless), "--number", "--partitions", "4")
        self.assertEqual(counts, (60, 20))
        self.assertEqual(sorted(r["id"] for r in self.records(out)), list(range(1, 61)))

    def test_a_binary_killed_half_way(self):
        fatal = self.folder / "fatal.jsonl"
        articles = [dict(a, text=a["text"] + " FATAL" * (a["id"] in ("a3", "a13"))) for a in ARTICLES[:16] if a["id"] not in FAILED]
        fatal.write_text("".join(json.dumps(a) + "\n" for a in articles), "utf-8")
        counts, out = self.work(str(fatal), "--partitions", "1", binary=HERE / "dying.py")
        self.assertEqual(counts, (len(articles), 2))
        records = self.records(out)
        self.assertEqual([r["id"] for r in records], [a["id"] for a in articles])
        self.assertEqual([r["id"] for r in records if "error" in r], ["a3", "a13"])

    def test_wrong_options_fail_the_job(self):
        with contextlib.redirect_stderr(io.StringIO()), self.assertRaises(Exception) as raised:
            self.work(str(self.lines), "--partitions", "1", "--", "--no-such-option")
        message, status = job.explained(raised.exception, "out")
        self.assertEqual(status, 3)
        self.assertIn("exited with error code 2", message)
        self.assertFalse((self.folder / "test_wrong_options_fail_the_job" / "_SUCCESS").exists())

    def test_output_that_is_there_is_left_alone(self):
        for target in ("jsonl", "parquet"):
            out = self.folder / "there"
            out.mkdir(exist_ok=True)
            asked = job.arguments([str(self.lines), str(out), "--to", target, "--binary", BINARY])
            with self.assertRaises(Exception) as raised:
                job.run(self.spark, asked)
            self.assertEqual(job.explained(raised.exception, "there"), ("there is there already", 2))
            self.assertEqual(list(out.iterdir()), [])

    def test_no_binary(self):
        with self.assertRaisesRegex(job.Usage, "cannot run /nowhere/dispaccio"):
            self.work(str(self.lines), binary="/nowhere/dispaccio")


class Command(unittest.TestCase):
    def test_one_command(self):
        with tempfile.TemporaryDirectory() as folder:
            lines, out = pathlib.Path(folder, "a.jsonl"), pathlib.Path(folder, "out")
            lines.write_text("".join(json.dumps(a) + "\n" for a in ARTICLES[:3]), "utf-8")
            done = subprocess.run([HERE / "run", lines, out, "--binary", BINARY], capture_output=True, text=True)
            self.assertEqual(done.returncode, 1, done.stderr)
            # spark-submit sends on what a job says on its standard output.
            self.assertIn("3 records, 1 of them failures", done.stdout)
            self.assertTrue((out / "_SUCCESS").exists())


if __name__ == "__main__":
    unittest.main(warnings="ignore")
