# SPDX-License-Identifier: ISC
"""What gdb knows of the guest's programs: their names, files, symbols, breakpoints, and where their threads are.

A process's name is argv[0] as its start block has it (lib/spawn.h), which the program may overwrite.  Every program is linked to
the same addresses, so gdb has the symbols of one at a time, and a breakpoint looks at whose code it was that ran into it.
"""

import os
import re
import struct
import subprocess
import sys
import tempfile

import gdb

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import board  # noqa: E402  pylint: disable=wrong-import-position
from memory import MODE_MASK, MODE_USER, PAGE, Machine, Missing, variable, virtual_read  # noqa: E402  pylint: disable=wrong-import-position

CONFIG = board.Config()
USER_END = 0x80000000
STACK_TOP = 0x7FFFF000    # args end here
ARGS_PAGES = 64           # how far down the start block is looked for
START_LEN = 64            # of struct spawn_start, as much as is looked at
START_ARGV_AT = 12
START_VAS_AT = 24         # its tables_va and info_va, by which it is known
START_VAS = struct.pack("<II", 0xA000, 0x9000)
STACK_MOST = 0x40000      # bytes of a stack that a chain of calls is looked for in
FORGET = "remove-symbol-file -a 0x100000"
loaded = None             # the program whose symbols gdb has


def registers(thread, runs):
    """r0 to r15 and cpsr of a user thread."""
    if runs and Machine.live:
        return Machine.live
    return [thread["r"][n] for n in range(16)] + [thread["cpsr"]]


def reader_of(proc):
    """A function that reads a process's memory; None: it has none."""
    root = proc.to("root")
    if not root:
        return None
    root_pa = root["pa"]
    return lambda va, length: virtual_read(root_pa, va, length)


def reader_here(va, length):
    """The memory of the program that the machine was stopped in."""
    try:
        return bytes(gdb.selected_inferior().read_memory(va, length))
    except gdb.MemoryError:
        raise Missing from None


# ---- names ----
def string_read(read, va, most=128):
    text = b""
    while len(text) < most and b"\0" not in text:
        part = min(32, PAGE - va % PAGE)
        text, va = text + read(va, part), va + part
    return text.split(b"\0")[0].decode(errors="replace")


def name_read(read):
    """argv[0] without its directories; None without a start block, which stands in front of the arguments."""
    above = b""
    for n in range(1, ARGS_PAGES + 1):
        page = STACK_TOP - n * PAGE
        try:
            above = read(page, PAGE) + above[:START_LEN]
            at = above.find(START_VAS)
            while at >= 0:
                block = at - START_VAS_AT
                argv, argc = struct.unpack_from("<I4xi", above, block + START_ARGV_AT) if block >= 0 else (0, 0)
                if page + block <= argv < STACK_TOP and argc > 0:
                    return os.path.basename(string_read(read, struct.unpack("<I", read(argv, 4))[0])) or None
                at = above.find(START_VAS, at + 1)
        except Missing:
            return None
    return None


def name_of(proc):
    """What a process's program is called; ? if it was not started by the library."""
    if proc.va == variable("first_proc"):
        return "init"
    read = reader_of(proc)
    return read and name_read(read) or "?"


def name_here():
    """The program that the machine was stopped in."""
    return name_read(reader_here) or "init"


def elf_of(name):
    """The file with a program's symbols; None: there is none."""
    places = [os.path.join(CONFIG.build, folder, name + ".elf") for folder in ("bin", "tests", "attack")]
    added = [path for path in CONFIG.add if os.path.basename(path) == name]
    for path in added + places + ([name] if "/" in name else []):
        if os.path.isfile(path):
            return os.path.abspath(path)
    return None


def elf_needed(name):
    path = elf_of(name)
    if not path:
        raise gdb.GdbError(f"no program {name or '(which?)'}: not in {CONFIG.build}/bin, tests or attack, nor in ADD")
    return path


def where(name, pc):
    """` function` if gdb has that program's symbols."""
    block = gdb.block_for_pc(pc) if name == loaded else None
    while block and not block.function:
        block = block.superblock
    return f" {block.function}" if block else ""


# ---- another gdb, which has the program alone ----
def gdb_alone(elf, *asks):
    done = subprocess.run(["gdb-multiarch", "-q", "-nx", "-batch", "-ex", "set style enabled off",
                           *(word for ask in asks for word in ("-ex", ask)), elf], check=False, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout.decode(errors="replace")


def core_bytes(thread, regs):
    """A core file (System V ABI, as Linux writes it for Arm) of one thread: its registers and its stack."""
    read = reader_of(thread.to("proc"))
    parts = memory_parts(read, regs[13]) if read else []
    status = struct.pack("<72x17IIi", *regs, 0, 0)
    note = struct.pack("<III8s", 5, len(status), 1, b"CORE") + status
    offset = 52 + 32 * (1 + len(parts))
    heads = struct.pack("<8I", 4, offset, 0, 0, len(note), 0, 0, 4)
    offset += len(note)
    for va, data in parts:
        heads += struct.pack("<8I", 1, offset, va, 0, len(data), len(data), 6, 1)
        offset += len(data)
    head = struct.pack("<16sHHIIIIIHHHHHH", b"\x7fELF\1\1\1", 4, 40, 1, 0, 52, 0, 0x5000000, 52, 32, 1 + len(parts), 0, 0, 0)
    return head + heads + note + b"".join(data for _, data in parts)


def memory_parts(read, sp):
    """(va, bytes) of what lies above a stack's pointer."""
    data, va = b"", sp & ~(PAGE - 1)
    start = va
    try:
        while va < USER_END and len(data) < STACK_MOST:
            data, va = data + read(va, PAGE), va + PAGE
    except Missing:
        pass
    return [(start, data)] if data else []


def core_backtrace(name, core):
    elf = elf_of(name)
    if not elf:
        return f"no symbols of {name}: not in {CONFIG.build}, nor in ADD\n"
    with tempfile.NamedTemporaryFile(prefix="mullion-core-") as f:
        f.write(core)
        f.flush()
        text = gdb_alone(elf, f"core-file {f.name}", "echo chain:\\n", "bt").split("chain:\n")[-1]
    return re.split(r"^#\d+ +0x0+ in \?\?", text, flags=re.M)[0]  # a thread's first function returns nowhere


# ---- one program's symbols, and breakpoints in it ----
def symbols_load(name):
    global loaded  # pylint: disable=global-statement
    elf = elf_needed(name)
    if loaded:
        gdb.execute(FORGET, to_string=True)
        loaded = None
    gdb.execute(f"add-symbol-file {elf}", to_string=True)
    loaded = os.path.basename(name)


class Program(gdb.Command):
    """program NAME: loads the symbols of one program in place of another's."""

    def __init__(self):
        super().__init__("program", gdb.COMMAND_FILES)

    def invoke(self, arg, _):
        symbols_load(arg.strip())
        print(f"symbols of {loaded}: {elf_of(arg.strip())}")


class UserBreakpoint(gdb.Breakpoint):
    """Stops in the processes of one program alone."""

    def __init__(self, name, address):
        self.name = name
        super().__init__(f"*{address:#x}")

    def stop(self):
        return name_here() == self.name


class Ubreak(gdb.Command):
    """ubreak NAME WHERE: a breakpoint in one program, which no other stops at; WHERE as for break."""

    def __init__(self):
        super().__init__("ubreak", gdb.COMMAND_BREAKPOINTS)

    def invoke(self, arg, _):
        name, _, place = arg.strip().partition(" ")
        if not place.strip():
            raise gdb.GdbError("ubreak NAME WHERE")
        said = gdb_alone(elf_needed(name), f"break {place.strip()}")
        found = re.search(r"^Breakpoint 1 at (0x[0-9a-f]+)", said, re.M)
        if not found:
            raise gdb.GdbError(f"{name}: {said.strip().splitlines()[0] if said.strip() else 'no such place'}")
        symbols_load(name)
        UserBreakpoint(os.path.basename(name), int(found[1], 16))


def on_stop(event):
    """Shows a breakpoint's own source; says so if gdb has another program's symbols."""
    if not loaded or int(gdb.parse_and_eval("$cpsr")) & MODE_MASK != MODE_USER:
        return
    name = name_here()
    if name == loaded:
        return
    if isinstance(getattr(event, "breakpoint", None), UserBreakpoint):
        symbols_load(name)
        gdb.execute("frame")
        return
    print(f"(in {name}; the symbols are those of {loaded}: `program {name}` changes that)")


gdb.events.stop.connect(on_stop)
Program()
Ubreak()
