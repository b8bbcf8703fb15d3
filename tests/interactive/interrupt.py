#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Claim: Ctrl-C ends the program in the foreground, gives up a line, and the shell lives."""

import time

from console import Console, check

CTRL_C, CTRL_D = "\x03", "\x04"

with Console() as guest:
    guest.send("cat\r")
    time.sleep(1)
    guest.send("typed\r")
    guest.guest.expect("typed\r\ntyped")
    guest.send(CTRL_C)
    guest.wait_prompt()
    check(guest.run("echo alive") == "alive", "the shell lives after Ctrl-C")
    guest.send("cat; echo status $?\r")
    time.sleep(1)
    guest.send(CTRL_D)
    check(guest.wait_prompt().endswith("status 0\n"), "Ctrl-D ends the input")
    guest.send("while true; do true; done\r")
    time.sleep(1)
    guest.send(CTRL_C)
    guest.wait_prompt()
    guest.send("half a line" + CTRL_C)
    guest.guest.expect("\n")
    guest.wait_prompt()
    check(guest.run("echo still") == "still", "a line is given up")
    guest.run("cat < /dev/null &")
    check(guest.end() == 0, "exit")
