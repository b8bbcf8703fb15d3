#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Claim: on a terminal `man` stops after a screenful, goes on at Enter and ends at q; in a pipe it does not stop."""

from console import Console, check

with Console() as guest:
    check("RETURN VALUE" in guest.run("man frame_map | cat"), "a pipe gets the whole page")
    check("no page for" in guest.run("man nothing"), "a page that is not there")
    check(guest.run("cat /text/memory.txt | head -n 1") != "", "README's way to the introduction")
    guest.send("man frame_map\r")
    guest.guest.expect("q: end -- ")
    guest.send("\r")
    guest.guest.expect("q: end -- ")
    guest.send("q\r")
    guest.wait_prompt()
    check(guest.run("echo back") == "back", "q ends it")
    check(guest.end("exit 0") == 0, "the end")
