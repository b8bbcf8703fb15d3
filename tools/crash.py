# SPDX-License-Identifier: ISC
"""Says where a program crashed: after the first process's report of a fault comes, in the host's output, a line with the function,
file and line, from the program's own file with symbols: build/BOARD/…/NAME.elf, or the file that was added.  It knows the place of the
fault alone, not the chain of calls.
"""

import os
import re
import subprocess

REPORT = re.compile(rb"^(\S+)\[\d+\]: fault: .* at pc 0x([0-9a-f]{8})(?:, .*)?\r?$")
LINE_MOST = 400


def elf_of(config, name):
    """The file with a program's symbols; None: there is none."""
    added = [path for path in config.add if os.path.basename(path) == name]
    trees = [os.path.join(config.build, folder, name + ".elf") for folder in ("bin", "tests", "attack")]
    return next((path for path in added + trees if os.path.isfile(path)), None)


def place_of(elf, pc):
    """`function (file:line)`; None if the file does not say."""
    try:
        done = subprocess.run(["arm-none-eabi-addr2line", "-f", "-s", "-e", elf, f"{pc:#x}"], check=False, timeout=10,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return None
    function, _, line = done.stdout.decode(errors="replace").strip().partition("\n")
    if done.returncode or function in ("", "??"):
        return None
    return f"{function} ({line.split(' ')[0]})" if not line.startswith("?") else function


class Crashes:
    """What the guest prints goes through it; it adds a line to each report."""

    def __init__(self, config):
        self.config, self.line = config, b""

    def feed(self, data):
        """The same bytes, and what is added."""
        out = b""
        for piece in data.splitlines(keepends=True) if b"\n" in data else [data]:
            self.line = (self.line + piece)[-LINE_MOST:]
            out += piece
            if piece.endswith(b"\n"):
                out += self.added(self.line[:-1])
                self.line = b""
        return out

    def added(self, line):
        report = REPORT.match(line[line.rfind(b"\r", 0, -1) + 1:])
        elf = report and elf_of(self.config, os.path.basename(report[1].decode(errors="replace")))
        place = elf and place_of(elf, int(report[2], 16))
        return f"  in {place}\r\n".encode() if place else b""
