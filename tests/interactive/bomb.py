#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Claim: whatever a job does, the shell hears Ctrl-C and goes on: one that spins, one that starts others without end; and a /tmp that
is full can be emptied."""

import time

from console import Console, check

CTRL_C = "\x03"


def stopped(guest, command, seconds):
    """Starts a command, interrupts it after a while, and sees whether the shell and programs go on."""
    guest.send(command + "\r")
    time.sleep(seconds)
    for _ in range(2):
        guest.send(CTRL_C)
        time.sleep(1)
    guest.send("echo th''ere\r")
    guest.guest.expect("\nthere", timeout=60)
    guest.wait_prompt()
    check(guest.run("ls /etc/motd").split("\n")[-1] == "/etc/motd", "programs start after " + command)


with Console(MEM="64M") as guest:
    guest.run("while :; do :; done &")
    check("alive" in guest.run("echo alive"), "the shell lives beside a job that spins")
    guest.run("kill %1")
    text = guest.run("cat /dev/zero >/tmp/full; echo status $?", timeout=100)
    check("cat: " in text and "status 1" in text, "a full /tmp is told", text)
    check("status 0" in guest.run("rm /tmp/full; echo status $?"), "and emptied")
    stopped(guest, "f() { f | f & }; f", 3)
    ps = guest.run("ps")
    check(ps.count(" sh") < 4, "nothing of the fork bomb runs", ps)
    check(guest.end() == 0, "exit")
