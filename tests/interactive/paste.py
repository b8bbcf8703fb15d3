#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Claim: of what is pasted every byte arrives, whether the shell reads it or a program, in lines of any length; what is shown
of it stays proportional; and Ctrl-] x ends QEMU while nobody reads, and while the terminal does not."""

import os
import select
import time

import pexpect

from console import Console, check

MIB = 1 << 20


def paste(guest, data, shown_limit, timeout=200):
    """Writes all of it, reading what is shown meanwhile, to the next prompt; how many bytes were shown, and the last of them."""
    fd, data, shown, tail = guest.guest.child_fd, data.encode(), 0, b""
    end = time.monotonic() + timeout
    while data or not tail.endswith(b"\n$ "):
        readable, writable, _ = select.select([fd], [fd] if data else [], [], 5)
        check(time.monotonic() < end, "the paste ends", len(data), tail)
        if writable:
            data = data[os.write(fd, data[:1024]):]
        if readable:
            got = os.read(fd, 65536)
            shown += len(got)
            tail = (tail + got)[-400:]
            check(shown < shown_limit, "output is proportional", shown)
    return guest.text(tail.decode(errors="replace"))


with Console() as guest:
    # Before the prompt comes again its text has been typed in lines, and each line's prompt shown.
    check("\n17000\n" in paste(guest, "x=" + "y" * 17000 + "; echo ${#x}\r", 8 * 17000), "a line of 17,000 bytes")
    body = ("0123456789abcde" * 4 + "xyz\r") * (MIB // 64)
    text = paste(guest, "x='\r" + body[:65536] + "'; echo ${#x}\r", 8 * 65536)
    check("\n65537\n" in text, "lines at the prompt", text)
    text = paste(guest, "x=" + "y" * MIB + "; echo ${#x}\r", 8 * MIB)
    check(f"\n{MIB}\n" in text, "a MiB in one line at the prompt", text)
    guest.run("unset x")
    for what, size in ((body, MIB), ("z" * 65536 + "\r", 65537)):
        guest.send("cat > /tmp/pasted; wc -c /tmp/pasted\r")
        time.sleep(1)
        text = paste(guest, what + "\x04", 4 * MIB)
        check(f" {size} /tmp/pasted" in text, "into a program", text)
    guest.send("sleep 3; cat > /tmp/pasted; wc -c /tmp/pasted\r")
    time.sleep(1)
    text = paste(guest, body[:65536] + "\x04", 4 * MIB)
    check(" 65536 /tmp/pasted" in text, "what is pasted while nobody reads is read later", text)
    guest.send("cat\r")
    time.sleep(1)
    guest.send("one\rtwo\x03")
    guest.wait_prompt()
    check(guest.run("echo alive") == "alive", "Ctrl-C in a paste ends the program")
    guest.send("while :; do :; done\r")
    time.sleep(1)
    fd = guest.guest.child_fd
    data = body.encode()
    while data:  # a terminal that does not read: nothing is read back here
        _, writable, _ = select.select([], [fd], [], 20)
        check(writable, "the terminal's keys are always taken", len(data))
        data = data[os.write(fd, data[:1024]):]
    guest.send("\x1dx")
    guest.guest.expect(pexpect.EOF, timeout=20)
    guest.guest.close()
    check(guest.guest.exitstatus == 0, "Ctrl-] x", guest.guest.exitstatus)

with Console() as guest:
    guest.send("while :; do echo the terminal does not read this; done\r")
    time.sleep(4)
    guest.send("\x1dx")
    time.sleep(5)
    guest.guest.expect(pexpect.EOF, timeout=20)
    guest.guest.close()
    check(guest.guest.exitstatus == 0, "Ctrl-] x while nothing is shown", guest.guest.exitstatus)
