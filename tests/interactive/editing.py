#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Claim: the shell's line can be edited, recalled and completed."""

from console import Console, check

LEFT, RIGHT, UP, DOWN, HOME, END = "\x1b[D", "\x1b[C", "\x1b[A", "\x1b[B", "\x01", "\x05"
BACKSPACE, KILL, TAB = "\x7f", "\x15", "\t"


def typed(guest, keys):
    """The last line of what a line of keys printed."""
    return guest.run(keys).split("\n")[-1]


with Console() as guest:
    check(typed(guest, "echo abd" + LEFT + "c") == "abcd", "insertion in the middle")
    check(typed(guest, "echo abx" + BACKSPACE + "c") == "abc", "backspace")
    check(typed(guest, "cho home" + HOME + "e") == "home", "home")
    check(typed(guest, "ech" + HOME + END + "o end") == "end", "end")
    check(typed(guest, "rubbish" + KILL + "echo clean") == "clean", "a line is given up")
    check(typed(guest, UP) == "clean", "the last line comes back")
    check(typed(guest, UP + UP + UP + DOWN + DOWN) == "clean", "history goes both ways")
    guest.run("echo text > /tmp/completion-test")
    check(typed(guest, "cat /tmp/compl" + TAB) == "text", "a file's name is completed")
    check(guest.end() == 0, "exit")
