# SPDX-License-Identifier: ISC
"""What the host tools share: the description of a board, images for one run, and QEMU's command line."""

import ctypes
import os
import re
import shlex
import signal
import subprocess
import sys

MEM_LEAST = 16 << 20   # bytes with which the shell comes up
MEM_MOST = 1536 << 20  # of the kernel's linear map
TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def board_read(board):
    """The variables of kern/arm/board/BOARD.mk."""
    path = os.path.join(TOP, "kern/arm/board", board + ".mk")
    if not os.path.exists(path):
        sys.exit(f"no board {board}: {path} is missing")
    with open(path) as f:
        pairs = [line.split(":=", 1) for line in f if ":=" in line and not line.startswith("#")]
    return {name.strip(): value.strip() for name, value in pairs}


def mem_bytes(text):
    """A size as QEMU's -m reads it: in MiB, or with its unit.  None: it is none."""
    found = re.fullmatch(r"(\d+)([KMGT]?)", text.upper())
    return int(found[1]) << 10 * ("BKMGT".index(found[2] or "M")) if found else None


def mem_options(board, about, wanted):
    """QEMU's -m, and what tells the guest of less where a board has one size: what is left goes to another device."""
    all_of_it = about["BOARD_MEM"]
    if wanted in (None, ""):
        return all_of_it, []
    size = mem_bytes(wanted)
    if size is None:
        sys.exit(f"MEM={wanted} is no size: 64M, 1G")
    if size < MEM_LEAST:
        sys.exit(f"MEM={wanted} is too small: at least {MEM_LEAST >> 20}M")
    if size > MEM_MOST and "QEMU_MEM_REST" not in about:
        print(f"MEM={wanted} is more than the {MEM_MOST >> 20}M that Mullion uses", file=sys.stderr)
    if "QEMU_MEM_REST" not in about:
        return wanted, []
    rest = mem_bytes(all_of_it) - size
    if rest < 0:
        sys.exit(f"MEM={wanted} is more than the {all_of_it} that {board} has")
    return all_of_it, ["-global", f"{about['QEMU_MEM_REST']}={rest}"] if rest else []


def number(env, name, otherwise):
    """A variable that is a whole number above 0, or the other value if it is not set."""
    text = env.get(name) or str(otherwise)
    if not re.fullmatch(r"[0-9]{1,9}", text):
        sys.exit(f"{name}={text} is no number")
    if int(text) == 0:
        sys.exit(f"{name}={text} is too small: at least 1")
    return int(text)


def words(env, name):
    """A variable's words, quoted as for a shell."""
    try:
        return shlex.split(env.get(name) or "")
    except ValueError as e:
        sys.exit(f"{name}={env[name]}: {str(e).lower()}")


class Config:
    """One run, as the environment (make's variables) describes it."""

    def __init__(self, env=os.environ):
        self.board = env.get("BOARD") or "vexpress-a15"
        about = board_read(self.board)
        self.machine = env.get("MACHINE") or self.board
        key = "QEMU" if self.machine == self.board else "QEMU_" + self.machine
        if key not in about:
            sys.exit(f"MACHINE={self.machine} is no machine of the board {self.board}")
        self.qemu = shlex.split(about[key])
        self.cpus = number(env, "CPUS", int(about.get("BOARD_CPUS", 1)))
        self.mem, more = mem_options(self.board, about, env.get("MEM"))
        self.qemu += more
        self.icount = env.get("ICOUNT") not in (None, "", "0")
        self.check = env.get("CHECK") not in (None, "", "0")
        self.late = env.get("LATE") not in (None, "", "0")
        self.cmd = env.get("CMD") or None
        self.add = words(env, "ADD")
        self.timeout = number(env, "TIMEOUT", 60)
        self.build = os.path.join(TOP, "build", self.board)
        self.image = about.get("SDCARD_KERNEL", "mullion.img")
        self.trees = []


def tool(name, *args):
    """Runs one of our own tools; its message is the error."""
    if subprocess.run([os.path.join(TOP, "tools", name), *args]).returncode:
        sys.exit(1)


def image_make(config, folder):
    """The image of this run: the one that was built, or one with what was added, made in `folder`."""
    if not (config.check or config.late or config.cmd is not None or config.add or config.trees):
        return os.path.join(config.build, config.image)
    archive, image = os.path.join(folder, "archive.tar"), os.path.join(folder, config.image)
    options = [f"--tree={t}" for t in config.trees] + [f"--add={a}" for a in config.add]
    if config.cmd is not None:
        options.append("--cmd=" + config.cmd)
    tool("mkarchive", archive, "--base", os.path.join(config.build, "archive.tar"), *options)
    kernel = os.path.join(config.build, "kernel-check.elf" if config.check else "kernel-late.elf" if config.late else "kernel.elf")
    tool("mkimage", kernel, os.path.join(config.build, "bin/init.elf"), archive, image)
    return image


def qemu_command(config, image, serial):
    """QEMU without any window, sound or network; a reset ends it.  The one sound device that boards have is told that
    there is none, or QEMU looks for the host's and prints what it does not find."""
    command = ["qemu-system-arm", *config.qemu,
               "-smp", str(config.cpus), "-m", config.mem, "-display", "none", "-serial", serial,
               "-audiodev", "none,id=none", "-global", "pl041.audiodev=none", "-nic", "none", "-no-reboot", "-kernel", image]
    if "mon:" not in serial:
        command += ["-monitor", "none"]
    if config.icount:
        command += ["-icount", "shift=0,sleep=off"]
    return command


def qemu_dies_with_us():
    """For preexec_fn: however we end, QEMU ends too (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def qemu_env():
    return dict(os.environ, QEMU_AUDIO_DRV="none")
