#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Claim: of what is piped in from power-on, and so typed before anybody reads, every byte arrives, in lines of any length."""

import os
import subprocess

from console import TOP, check

LENGTHS = (1, 16, 31, 32, 33, 34, 35, 64, 100, 5000)


def piped(text):
    """What the guest prints when it has read `text` and then `exit`."""
    env = {k: v for k, v in os.environ.items() if k not in ("CMD", "ADD", "CHECK", "ICOUNT", "TIMEOUT", "MAKEFLAGS")}
    return subprocess.run([os.path.join(TOP, "tools/run")], input=text.encode(), capture_output=True, env=env,
                          timeout=120, check=False)


for n in LENGTHS:
    # A comment cannot be told from an empty line by what it does: of that the echo tells.
    line = "echo " + "x" * (n - 5) if n > 5 else "#" * n
    run = piped(line + "\nexit 3\n")
    out = run.stdout.decode(errors="replace").replace("\r", "")
    check(run.returncode == 3, f"after a line of {n} bytes the next one is read", run.returncode, out[-300:])
    check("not found" not in out, f"a line of {n} bytes begins with its first", out[-300:])
    wanted = f"\n{line[5:]}\n" if n > 5 else f"{line}\n"
    check(wanted in "\n" + out, f"all of a line of {n} bytes arrives", out[-300:])
