#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Types the tour of README.md into a guest and compares what comes out.

The tour is every ```console block; a line that begins with the prompt is typed, the rest is what must come.  Numbers
(ids, addresses, sizes) may differ from the README's, but the same number there must be the same number here, so a
command that names an id of an earlier output is typed with the id of this run.  `...` stands for any lines.
usage: tour.py [--write]      --write puts what came into README.md, where it differs
"""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "interactive"))
from console import TOP, Console  # noqa: E402

PROMPT = "$ "
NUMBER = re.compile(r"0x[0-9a-f]+|\d+")


def transcript(path):
    """(command, expected lines) of every console block."""
    text = open(path, encoding="utf-8").read()
    steps = []
    for block in re.findall(r"^```console\n(.*?)^```", text, re.S | re.M):
        for line in block.splitlines():
            if line.startswith(PROMPT):
                steps.append((line[len(PROMPT):], []))
            elif steps:
                steps[-1][1].append(line)
    return steps


def shape(line):
    """A line without its numbers and the width of its gaps."""
    return re.sub(r"\s+", " ", NUMBER.sub("N", line)).strip()


def lines_match(want, got):
    """Pairs of matching lines, or None; `...` takes any number of lines."""
    if not want:
        return [] if not got else None
    if want[0].strip() == "...":
        for skip in range(len(got) + 1):
            rest = lines_match(want[1:], got[skip:])
            if rest is not None:
                return rest
        return None
    if not got or shape(want[0]) != shape(got[0]):
        return None
    rest = lines_match(want[1:], got[1:])
    return None if rest is None else [(want[0], got[0])] + rest


def learn(pairs, known):
    """Remembers which of our numbers stands for which of the README's."""
    for want, got in pairs:
        for theirs, ours in zip(NUMBER.findall(want), NUMBER.findall(got)):
            known.setdefault(theirs, ours)


def step(guest, command, want, known):
    """Types one command: what came, and whether it is what the README says."""
    typed = re.sub(r"(?<![\w])\d+(?![\w])", lambda m: known.get(m.group(), m.group()), command)
    got = [line.rstrip() for line in guest.run(typed).split("\n") if line.strip()]
    pairs = lines_match([line for line in want if line.strip()], got)
    learn(pairs or [], known)
    if pairs is None:
        print(f"{PROMPT}{command}    (typed: {typed})", "README:", *want, "here:", *got, sep="\n")
    return got, pairs is not None


def readme_write(path, outputs):
    """Puts these outputs, in order, behind the commands of the console blocks."""
    lines, inside = [], False
    for line in open(path, encoding="utf-8").read().splitlines():
        if line == "```console" or (inside and line == "```"):
            inside = not inside
            lines.append(line)
        elif not inside or line.startswith(PROMPT):
            lines.append(line)
            if inside:
                lines += outputs.pop(0)
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")


def main():
    path = os.path.join(TOP, "README.md")
    write = sys.argv[1:] == ["--write"]
    steps, known, outputs, ok = transcript(path), {}, [], True
    if not steps:
        sys.exit("README.md has no console block")
    with Console() as guest:
        for command, want in steps:
            got, same = step(guest, command, want, {} if write else known)
            outputs.append(want if same else got)
            ok = ok and same
    if write:
        readme_write(path, outputs)
    sys.exit(0 if ok or write else 1)


if __name__ == "__main__":
    main()
