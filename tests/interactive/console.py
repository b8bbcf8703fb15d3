# SPDX-License-Identifier: ISC
"""A guest at the other end of a terminal, for tests that type."""

import os
import re
import sys

import pexpect

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROMPT = r"(?:^|[\r\n])[\w/:~-]*\$ $"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|[\x07\x0f]")


class Console:
    """Boots the system interactively; commands in, output out."""

    def __init__(self, command=(os.path.join(TOP, "tools/run"),), **env):
        drop = ("CMD", "ADD", "CHECK", "ICOUNT", "TIMEOUT", "MAKEFLAGS")
        clean = {k: v for k, v in os.environ.items() if k not in drop}
        clean.update(TERM="xterm", **env)
        self.guest = pexpect.spawn(command[0], list(command[1:]), env=clean, cwd=TOP, encoding="utf-8",
                                   codec_errors="replace", timeout=60, dimensions=(24, 100))
        self.guest.delaybeforesend = 0
        self.wait_prompt()

    def wait_prompt(self, timeout=60):
        """Everything that came before the next prompt."""
        self.guest.expect(PROMPT, timeout=timeout)
        return self.text(self.guest.before + "\n")

    @staticmethod
    def text(raw):
        return ESCAPES.sub("", raw).replace("\r\n", "\n").replace("\r", "")

    def send(self, keys):
        self.guest.send(keys)

    def run(self, keys, timeout=60):
        """Types a line; what it printed, up to the next prompt.  The editor draws its line again for
        many keys, so nothing counts before the end of that line."""
        self.send(keys + "\r")
        self.guest.expect("\n", timeout=timeout)
        return self.wait_prompt(timeout).strip("\n")

    def end(self, command="exit", timeout=30):
        """Types the last command; the exit status of tools/run."""
        self.send(command + "\r")
        self.guest.expect(pexpect.EOF, timeout=timeout)
        self.guest.close()
        return self.guest.exitstatus

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.guest.close(force=True)


def check(condition, what, *shown):
    """Ends the test unless the condition holds."""
    if not condition:
        print("not so:", what, *(repr(s) for s in shown))
        sys.exit(1)
