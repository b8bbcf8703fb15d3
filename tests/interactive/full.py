#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Claim: with not one page free, because a job took them all and stays, small programs start and do their work; and when the job has
been ended all its memory is free."""

import os
import subprocess
import tempfile

from console import TOP, Console, check

HOG = """
#include <stdio.h>
#include <mullion.h>
int main(void)
{
	while (page_alloc(PAGE_SIZE, 0) > 0)
		;
	puts("all taken");
	fflush(stdout);
	for (;;)
		thread_park(-1);
}
"""


def works(guest, command, wanted):
    """The command ends with status 0 and prints this."""
    text = guest.run(command + "; echo status $?")
    check(wanted in text and "status 0" in text, command, text)


board = os.environ.get("BOARD") or "vexpress-a15"
with tempfile.TemporaryDirectory() as folder:
    with open(folder + "/hog.c", "w", encoding="ascii") as f:
        f.write(HOG)
    gcc = f"{TOP}/build/{board}/sdk/bin/mullion-gcc"
    subprocess.run([gcc, "-O2", folder + "/hog.c", "-o", folder + "/hog"], check=True)
    with Console(MEM="64M", ADD=folder + "/hog") as guest:
        guest.run("echo x >/tmp/x")
        guest.send("hog &\r")
        guest.guest.expect("all taken", timeout=60)
        guest.send("\r")
        guest.wait_prompt()
        for _ in range(3):
            works(guest, "ls /etc", "motd")
            works(guest, "cat /etc/motd", "Mullion")
            works(guest, "uptime", "up ")
        works(guest, "rm /tmp/x", "")
        works(guest, "kill %1", "")
        works(guest, "ls /tmp", "")
        check(guest.end() == 0, "exit")
