#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Claim: the interactive shell runs commands, keeps variables and statuses, and its end powers the machine off."""

from console import Console, check

with Console() as guest:
    check(guest.run("echo hello world") == "hello world", "echo")
    check(guest.run("echo $((6 * 7 + 1))") == "43", "arithmetic")
    check(guest.run("x=frame; echo ${x}s") == "frames", "variables")
    check(guest.run("false; echo $?") == "1", "status")
    check(guest.run("for i in 1 2 3; do echo n$i; done") == "n1\nn2\nn3", "loops")
    check(guest.run("echo one > /tmp/a; echo two >> /tmp/a; cat /tmp/a") == "one\ntwo", "redirection")
    check(guest.run("cat < /tmp/a | cat | cat") == "one\ntwo", "pipes")
    check("not found" in guest.run("no-such-program"), "an unknown program is said to be one")
    check(guest.run("echo \"$(echo inner)\"") == "inner", "command substitution")
    check("sh" in guest.run("ls /bin").split(), "ls")
    check("help" in guest.run("help"), "help")
    status = guest.end("exit 5")
    check(status == 5, "the shell's status is the run's", status)
