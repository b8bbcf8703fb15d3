#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Claim: a command that needs more memory than there is fails and says so; the shell, and so the machine, goes on."""

from console import Console, check

with Console(MEM="32M") as guest:
    for command in ("x=a; while :; do x=$x$x; done", "f() { f; }; f", "set -- a; while :; do set -- \"$@\" \"$@\"; done"):
        text = guest.run(command, timeout=100)
        check("out of memory" in text or "nested too deeply" in text, command, text)
        guest.run("x=; set --")
        check(guest.run("echo alive $((6 * 7))") == "alive 42", "the shell lives after " + command)
        check(guest.run("ls /etc/motd") == "/etc/motd", "and starts programs after " + command)
    check(guest.end() == 0, "exit")
