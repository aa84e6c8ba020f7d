"""Reads data folders, each in a process with a limit on time and memory.

`python tests/bounded.py SECONDS MEGABYTES FOLDER…` prints a line of JSON for each folder: how the
process ended, its first problems, and the length of all of them in characters.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from sitegen import read_site
from sitegen.model.problems import DataError

MOST_PROBLEMS = 600


def main(seconds: int, megabytes: int, folders: list[str]) -> None:
    """Write a line for each folder."""
    for folder in folders:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
            signal.alarm(3 * seconds)  # for one that waits and takes no time
            with os.fdopen(writing, "w") as pipe:
                pipe.write(json.dumps(outcome(Path(folder))))
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            said = pipe.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        ended = "itself" if status == 0 else f"with {status}"
        print(json.dumps({"problems": [], "length": 0, **json.loads(said or "{}"), "ended": ended}))


def outcome(folder: Path) -> dict[str, object]:
    """Return the problems of a folder, and their length in characters."""
    try:
        read_site(folder)
    except DataError as error:
        lines = [str(problem) for problem in error.problems]
        return {"problems": lines[:MOST_PROBLEMS], "length": len(str(error))}
    return {"problems": [], "length": 0}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
