#!/usr/bin/env python3
"""For the tests: dispaccio, but for an article that has FATAL in it, over which it is killed; half a record is out."""

import os
import signal
import subprocess
import sys

binary = os.environ["DISPACCIO"]
if sys.argv[1:] == ["schema"]:
    sys.exit(subprocess.run([binary, "schema"]).returncode)
for line in sys.stdin.buffer:
    if b"FATAL" in line:
        sys.stdout.buffer.write(b'{"schema":"1",')
        sys.stdout.buffer.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    sys.stdout.buffer.write(subprocess.run([binary, *sys.argv[1:]], input=line, stdout=subprocess.PIPE).stdout)
