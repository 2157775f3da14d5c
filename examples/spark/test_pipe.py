"""Tests pipe.py: one record for each line, under its own id, whatever becomes of the binary. DISPACCIO names it."""

import json
import os
import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
BINARY = os.environ["DISPACCIO"]
DYING = str(HERE / "dying.py")
TEXT = "Matteo Renzi met Antonio Tajani in Rome on 3 March 2024, and the two of them spoke to the press."


def pipe(lines, *options, binary=BINARY):
    """What comes of lines: the exit status, the records, standard error."""
    stdin = "".join(line + "\n" for line in lines).encode()
    command = [sys.executable, str(HERE / "pipe.py"), *options, binary, "--input", "jsonl", "--quiet"]
    done = subprocess.run(command, input=stdin, capture_output=True, timeout=120)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def article(identity, text=TEXT):
    return json.dumps({"id": identity, "text": text})


def names(record):
    return [person["name"] for person in record["people"]]


class Whole(unittest.TestCase):
    def test_records_are_the_binarys_own(self):
        lines = [article(n, f"{TEXT} Agents led {n} searches.") for n in ("a", 7, {"k": [1]}, "x\n")]
        direct = subprocess.run([BINARY, "--input", "jsonl"], input="\n".join(lines).encode(), capture_output=True)
        status, records, _ = pipe(lines)
        self.assertEqual(status, 0)
        self.assertEqual(records, [json.loads(line) for line in direct.stdout.splitlines()])
        self.assertEqual([r["id"] for r in records], ["a", 7, {"k": [1]}, "x\n"])

    def test_failures_are_records_and_no_failure_of_the_task(self):
        lines = [article("good"), '{"id": "number", "text": 5}', '{"id": 9, "te', "", article("empty", " ")]
        status, records, _ = pipe(lines)
        self.assertEqual(status, 0)
        self.assertEqual([r["id"] for r in records], ["good", "number", None, "empty"])
        self.assertEqual([r.get("error", {}).get("kind") for r in records], [None, "bad_record", "bad_record", "empty"])
        self.assertFalse([r for r in records[1:] if r["error"]["message"].startswith("line ")])

    def test_nothing_comes_of_nothing(self):
        self.assertEqual(pipe([])[:2], (0, []))
        self.assertEqual(pipe(["", "  "])[:2], (0, []))


class Names(unittest.TestCase):
    def test_an_article_without_an_id_fails(self):
        for line in (json.dumps({"text": TEXT}), json.dumps({"id": None, "text": TEXT}), json.dumps({"of": {"id": 1}, "text": TEXT})):
            _, records, _ = pipe([article(1), line])
            self.assertEqual(names(records[0]), ["Matteo Renzi", "Antonio Tajani"])
            self.assertEqual((records[1]["id"], records[1]["error"]["kind"]), (None, "bad_record"))

    def test_an_id_that_is_also_its_lines_number_stands(self):
        _, records, _ = pipe([article(1), article(2)])
        self.assertEqual([r["id"] for r in records], [1, 2])
        self.assertFalse([r for r in records if "error" in r])

    def test_numbers_name_what_has_no_id(self):
        lines = ["41\t" + json.dumps({"text": TEXT}), "42\t" + article("own"), '43\t{"id": "torn', '44\t{"id": 5, "text": 5}']
        _, records, _ = pipe(lines, "--numbered")
        self.assertEqual([r["id"] for r in records], [41, "own", 43, 5])
        self.assertEqual(names(records[0]), ["Matteo Renzi", "Antonio Tajani"])

    def test_another_key(self):
        line = json.dumps({"url": "u1", "id": 3, "text": TEXT})
        command = [sys.executable, str(HERE / "pipe.py"), "--id-field", "url", BINARY, "--input", "jsonl", "--id-field", "url"]
        done = subprocess.run(command, input=line.encode(), capture_output=True)
        self.assertEqual(json.loads(done.stdout)["id"], "u1")


class Deaths(unittest.TestCase):
    def test_the_article_that_kills_fails_and_the_others_do_not(self):
        for fatal in ([0], [7], [2, 3, 5]):
            lines = [article(n, "FATAL " + TEXT if n in fatal else TEXT) for n in range(8)]
            status, records, _ = pipe(lines, binary=DYING)
            self.assertEqual(status, 0)
            self.assertEqual([r["id"] for r in records], list(range(8)))
            self.assertEqual([r["id"] for r in records if "error" in r], fatal)
            errors = {json.dumps(r["error"]) for r in records if "error" in r}
            self.assertEqual([json.loads(e)["kind"] for e in errors], ["unreadable"])
            self.assertIn("signal 9", errors.pop())

    def test_more_lines_than_a_pipe_holds(self):
        lines = [article(n, ("FATAL " if n == 6 else "") + TEXT * 200) for n in range(12)]
        _, records, _ = pipe(lines, "--id-field", "id", binary=DYING)
        self.assertEqual([r["id"] for r in records], list(range(12)))
        self.assertEqual([r["id"] for r in records if "error" in r], [6])

    def test_a_binary_that_cannot_start_fails_the_task(self):
        status, records, err = pipe([article(1)], binary="/nowhere/dispaccio")
        self.assertEqual((status, records), (127, []))
        self.assertIn("cannot start /nowhere/dispaccio", err)

    def test_a_binary_that_answers_nothing_fails_the_task(self):
        for broken in ("/bin/false", "/bin/true"):
            status, records, err = pipe([article(1), article(2)], binary=broken)
            self.assertEqual((status, records), (127, []))
            self.assertIn("gives no records here", err)

    def test_wrong_usage_fails_the_task(self):
        command = [sys.executable, str(HERE / "pipe.py"), BINARY, "--input", "jsonl", "--no-such-option"]
        done = subprocess.run(command, input=article(1).encode(), capture_output=True)
        self.assertEqual((done.returncode, done.stdout), (2, b""))


if __name__ == "__main__":
    unittest.main()
