"""What Spark pipes a partition through: the binary, and one record out for each line in, whatever becomes of it.

    python3 pipe.py [--id-field KEY] [--numbered] dispaccio --input jsonl …

Lines go to the binary as they come and its records go on as they come; the lines that it owes a record for are kept.
Should it die (killed for its memory, say), each of those is given to a process of its own: the line that kills it
again gets a failure record, all others get theirs, and a new process takes the rest of the partition.

The binary names a record without an id by its line, which here is a line of the partition and names nothing. Such a
record is named by the number that stands before its line, with a tab, if the lines are numbered; if they are not, it
fails. Blank lines are no records.

The exit status is 0, unless nothing can be extracted at all: 127 where the binary cannot be started or answers nothing,
2 where it is called wrongly. Spark then fails the task, and after its retries the job.
"""

import argparse
import collections
import json
import subprocess
import sys
import threading

DONE, SOME_FAILED, USAGE, NO_BINARY = 0, 1, 2, 127
# What stands in every failure record and in no other: a quote inside a text is escaped.
FAILED = b',"error":{"kind":"'
# What the binary takes for white space.
BLANK = b" \t\n\x0c\r"


class Line:
    """A line of the partition, and the number that it goes by if it has no id."""

    __slots__ = ("number", "text")

    def __init__(self, line: bytes, numbered: bool):
        number, line = line.split(b"\t", 1) if numbered else (None, line)
        self.number = number
        self.text = line.removeprefix(b"\xef\xbb\xbf").rstrip(b"\n") + b"\n"

    def identity(self, key: str):
        """Its own id."""
        try:
            return json.loads(self.text).get(key)
        except (ValueError, AttributeError, RecursionError):
            return None


class Pipe:
    """A partition on its way through the binary."""

    def __init__(self, command: list[str], id_field: str, numbered: bool, lines, out):
        self.command, self.id_field, self.out = command, id_field, out
        lines = (Line(line, numbered) for line in lines)
        self.lines = (line for line in lines if line.text.strip(BLANK))
        self.ended = False

    def run(self) -> int:
        """Extracts from every line; the exit status."""
        while not self.ended:
            status, owed = self.stream()
            if status == USAGE:
                return USAGE
            if owed and not self.answers():
                return NO_BINARY
            for line in owed:
                self.alone(line)
        self.out.flush()
        return DONE

    def stream(self) -> tuple[int, list[Line]]:
        """Feeds a process until the partition ends, or the process: its status, and the lines it owes records for."""
        process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        owed = collections.deque()
        feeder = threading.Thread(target=self.feed, args=(process.stdin, owed))
        feeder.start()
        for at, record in enumerate(process.stdout, 1):
            if not record.endswith(b"\n"):
                break  # it died over this one
            self.out.write(self.named(record, at, owed.popleft()))
        status = process.wait()
        feeder.join()
        return status, list(owed)

    def feed(self, stdin, owed: collections.deque) -> None:
        try:
            for line in self.lines:
                owed.append(line)
                stdin.write(line.text)
            self.ended = True
            stdin.close()
        except BrokenPipeError:
            # The process is gone, as the reader sees, and the line is owed.
            try:
                stdin.close()
            except BrokenPipeError:
                pass

    def ask(self, line: bytes) -> tuple[bytes, str]:
        """Gives a line to a process of its own: the record, if that is what came of it, and how the process ended."""
        done = subprocess.run(self.command, input=line, stdout=subprocess.PIPE)
        one = done.stdout.count(b"\n") == 1 and done.stdout.endswith(b"\n")
        status = done.returncode
        ended = f"killed by signal {-status}" if status < 0 else f"exit status {status}"
        return done.stdout if one and status in (DONE, SOME_FAILED) else b"", ended

    def answers(self) -> bool:
        """Whether the binary works here at all: a line with nothing in it has a record, of a failure."""
        record, ended = self.ask(b"{}\n")
        if not record:
            print(f"{self.command[0]} gives no records here: {ended}", file=sys.stderr)
        return bool(record)

    def alone(self, line: Line) -> None:
        """Writes a record of a line that a process died with."""
        record, ended = self.ask(line.text)
        if record:
            self.out.write(self.named(record, 1, line))
            return
        identity = line.identity(self.id_field)
        if identity is None and line.number:
            identity = int(line.number)
        self.out.write(failure(identity, "unreadable", f"dispaccio ended without a record of this article: {ended}"))

    def named(self, record: bytes, at: int, line: Line) -> bytes:
        """A record with an id that means something outside its partition; `at` is the line the binary read it from."""
        failed = FAILED in record
        by_line = b'{"schema":"1","id":%d,' % at
        if record.startswith(by_line) and line.identity(self.id_field) != at:
            if line.number is None and not failed:
                return failure(None, "bad_record", f"no id: the record has no {self.id_field!r}, and --number was not asked for")
            record = b'{"schema":"1","id":%s,' % (line.number or b"null") + record[len(by_line) :]
        if failed:
            record = record.replace(b'"message":"line %d: ' % at, b'"message":"', 1)
        return record


def failure(identity, kind: str, message: str) -> bytes:
    """A failure record as the binary writes them, of a kind that its schema knows."""
    record = {"schema": "1", "id": identity, "error": {"kind": kind, "message": message}}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--id-field", default="id", help="the key of an id")
    parser.add_argument("--numbered", action="store_true", help="a number and a tab stand before each line")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="the binary and its arguments")
    asked = parser.parse_args()
    pipe = Pipe(asked.command, asked.id_field, asked.numbered, sys.stdin.buffer, sys.stdout.buffer)
    try:
        return pipe.run()
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"cannot start {asked.command[0]}: {error.strerror}", file=sys.stderr)
        return NO_BINARY


if __name__ == "__main__":
    sys.exit(main())
