# SPDX-License-Identifier: ISC
"""gdb commands that show the kernel's books: frames PID, mappings FRAME, vspace PID, regs TID, procs.

They read the kernel's structures through its debug information and change nothing, except that a CPU stopped in
user code is put into supervisor mode while they read, because kernel memory is not visible to it otherwise.
"""

import contextlib
import os
import re

import gdb

MACHINE_H = os.path.join(os.path.dirname(__file__), "../../kern/arm/machine.h")
with open(MACHINE_H, encoding="utf-8") as header:
    IDS_VA = int(re.search(r"#define IDS_VA\s+(0x[0-9a-f]+)", header.read()).group(1), 16)  # of ids()

MODE_MASK = 0x1F
MODE_SUPERVISOR = 0x13
INDEX_MASK = (1 << 21) - 1
KINDS = {1: "MEM", 2: "DEV", 3: "L1", 4: "L2", 5: "PROC", 6: "THREAD", 7: "RECORDS"}
FLAGS = ((1, "r"), (2, "w"), (4, "x"), (8, " table"), (16, " section"), (32, " page"), (64, " uncached"), (128, " keep"))


@contextlib.contextmanager
def kernel_memory():
    """Lets the CPU see kernel memory, whatever it was doing; refuses while there are no books yet."""
    if not int(gdb.parse_and_eval("first_proc")):
        raise gdb.GdbError("the kernel has not booted yet: `continue`, then Ctrl-C")
    cpsr = int(gdb.parse_and_eval("$cpsr")) & 0xFFFFFFFF
    gdb.execute(f"set $cpsr = {cpsr & ~MODE_MASK | MODE_SUPERVISOR:#x}", to_string=True)
    try:
        yield
    finally:
        gdb.execute(f"set $cpsr = {cpsr:#x}", to_string=True)


def list_walk(head, kind, field):
    """The objects of a kernel list."""
    struct = gdb.lookup_type(f"struct {kind}")
    offset = struct[field].bitpos // 8
    link = head["next"]
    while int(link) != int(head.address):
        yield gdb.Value(int(link) - offset).cast(struct.pointer()).dereference()
        link = link["next"]


def record(number):
    """The frame's record that an id stands for, perhaps an older one's."""
    ids = gdb.Value(IDS_VA).cast(gdb.lookup_type("struct frame_rec").pointer().pointer())
    return ids[number & INDEX_MASK].dereference()


def frame_of(number):
    rec = record(number)
    if int(rec["id"]) != number:
        raise gdb.GdbError(f"no frame {number}")
    return rec


def thread_of(number):
    rec = record(number)
    if int(rec["tid"]) != number:
        raise gdb.GdbError(f"no thread or process {number}")
    return rec["thread"].dereference()


def proc_of(number):
    return thread_of(number)["proc"].dereference()


def number_from(arg, what):
    try:
        return int(gdb.parse_and_eval(arg))
    except gdb.error:
        raise gdb.GdbError(f"which {what}?") from None


def flags_text(flags):
    return "".join(text for bit, text in FLAGS if flags & bit)


def frame_line(f):
    kind = KINDS.get(int(f["kind"]), "?")
    return f"{int(f['id']):8} {kind:8} {int(f['pa']):#010x} {int(f['len']):#9x}  {int(f['maps_n'])} mappings"


class Command(gdb.Command):
    """A command with one number, run with the kernel's memory in sight."""

    def __init__(self, name, what):
        self.what = what
        super().__init__(name, gdb.COMMAND_DATA)

    def invoke(self, arg, _):
        number = number_from(arg, self.what) if self.what else 0
        with kernel_memory():
            self.show(number)


class Procs(Command):
    """procs: every process, as a tree from the first."""

    def show(self, _):
        self.tree(gdb.parse_and_eval("first_proc").dereference(), 0)

    def tree(self, proc, depth):
        info = proc["info"]
        state = {1: "stopped", 2: "running", 3: "ended"}.get(int(info["state"]), "?")
        print("  " * depth + f"{int(info['pid'])} {state}, {int(info['frames'])} frames, {int(info['credits'])} credits")
        for child in list_walk(proc["children"], "proc", "sibling"):
            self.tree(child, depth + 1)


class Frames(Command):
    """frames PID: the frames that a process owns."""

    def show(self, pid):
        print("      id kind     address    length")
        for f in list_walk(proc_of(pid)["frames"], "frame_rec", "owned"):
            print(frame_line(f))


class Mappings(Command):
    """mappings FRAME: every place where a frame is mapped."""

    def show(self, f_id):
        f = frame_of(f_id)
        print(frame_line(f))
        for m in list_walk(f["maps"], "map_rec", "by_frame"):
            table = m["table"].dereference()
            print(f"  in table {int(table['id'])} of {owner_text(table)} at {int(m['at']):#x}: "
                  f"offset {int(m['offset']):#x}, length {int(m['len']):#x}, {flags_text(int(m['flags']))}")


def owner_text(f):
    return "the kernel" if not int(f["owner"]) else f"process {int(f['owner']['info']['pid'])}"


class Vspace(Command):
    """vspace PID: what stands where in a process's address space."""

    def show(self, pid):
        root = proc_of(pid)["root"]
        if not int(root):
            print("no root")
            return
        print(f"root {int(root['id'])}")
        self.table(root.dereference(), 0)

    def table(self, table, base):
        inside = sorted(list_walk(table["inside"], "map_rec", "by_table"), key=lambda m: int(m["at"]))
        for m in inside:
            at, f = base + int(m["at"]), m["frame"].dereference()
            indent = "  " if int(table["kind"]) == 3 else "    "
            print(f"{indent}{at:#010x} {int(m['len']):#9x}  {flags_text(int(m['flags'])):12} frame {int(f['id'])}"
                  f" + {int(m['offset']):#x} of {owner_text(f)}")
            if int(f["kind"]) == 4 and int(m["flags"]) & 8:
                self.table(f, at)


class Regs(Command):
    """regs TID: what a thread that does not run will go on with."""

    def show(self, tid):
        t = thread_of(tid)
        names = [f"r{n}" for n in range(13)] + ["sp", "lr", "pc"]
        print(f"thread {tid} of process {int(t['proc']['info']['pid'])}: {t['state'].cast(gdb.lookup_type('enum thread_state'))}")
        for n, name in enumerate(names):
            print(f"{name:>4} {int(t['r'][n]):08x}", end="\n" if n % 4 == 3 else "  ")
        print(f"cpsr {int(t['cpsr']):08x}")


Procs("procs", "")
Frames("frames", "process")
Mappings("mappings", "frame")
Vspace("vspace", "process")
Regs("regs", "thread")
