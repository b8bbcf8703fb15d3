# SPDX-License-Identifier: ISC
"""gdb commands that show the kernel's books and its programs: procs, threads, frames PID, mappings FRAME, vspace PID, regs TID,
bt TID, program NAME, ubreak NAME WHERE.

They work wherever the machine stopped, read the kernel's structures through its debug information, and change nothing.  How
memory is read stands in memory.py; what programs are called and where they stand comes from programs.py.
"""

import os
import re
import sys

import gdb

sys.path.insert(0, os.path.dirname(__file__))
import programs  # noqa: E402  pylint: disable=wrong-import-position
from memory import Machine, Object, list_walk, machine_memory, variable  # noqa: E402  pylint: disable=wrong-import-position

MACHINE_H = os.path.join(os.path.dirname(__file__), "../../kern/arm/machine.h")
with open(MACHINE_H, encoding="utf-8") as header:
    IDS_VA = int(re.search(r"#define IDS_VA\s+(0x[0-9a-f]+)", header.read()).group(1), 16)  # of ids()

INDEX_MASK = (1 << 21) - 1
KINDS = {1: "MEM", 2: "DEV", 3: "L1", 4: "L2", 5: "PROC", 6: "THREAD", 7: "RECORDS"}
FLAGS = ((1, "r"), (2, "w"), (4, "x"), (8, " table"), (16, " section"), (32, " page"), (64, " uncached"), (128, " keep"))


def record(number):
    """The frame's record that an id stands for, perhaps an older one's."""
    ids = Object(gdb.lookup_type("struct frame_rec").pointer().array(INDEX_MASK), IDS_VA)
    return Object("struct frame_rec", ids[number & INDEX_MASK])


def frame_of(number):
    rec = record(number)
    if rec["id"] != number:
        raise gdb.GdbError(f"no frame {number}")
    return rec


def thread_of(number):
    rec = record(number)
    if rec["tid"] != number:
        raise gdb.GdbError(f"no thread or process {number}")
    return rec.to("thread")


def proc_of(number):
    return thread_of(number).to("proc")


def first_proc():
    return Object("struct proc", variable("first_proc"))


def current():
    """The thread that runs; None while the CPU has nothing to do."""
    return Object("struct cpu", int(gdb.parse_and_eval("(unsigned)&boot_cpu"))).to("current")


def number_from(arg, what):
    """A command's number, or an expression's."""
    try:
        return int(gdb.parse_and_eval(arg))
    except gdb.MemoryError:
        raise gdb.GdbError(f"{arg}: cannot be read where the machine stopped") from None
    except gdb.error:
        raise gdb.GdbError(f"which {what}?") from None


def flags_text(flags):
    return "".join(text for bit, text in FLAGS if flags & bit)


def frame_line(f):
    kind = KINDS.get(f["kind"], "?")
    return f"{f['id']:8} {kind:8} {f['pa']:#010x} {f['len']:#9x}  {f['maps_n']} mappings"


class Command(gdb.Command):
    """A command with one number, run while kernel memory can be read."""

    def __init__(self, name, what):
        self.what = what
        super().__init__(name, gdb.COMMAND_DATA)

    def invoke(self, arg, _):
        number = number_from(arg, self.what) if self.what else 0
        with machine_memory():
            self.show(number)


class Procs(Command):
    """procs: every process with its program, as a tree from the first, and who runs."""

    def show(self, _):
        self.tree(first_proc(), 0)

    def tree(self, proc, depth):
        info = proc["info"]
        state = {1: "stopped", 2: "running", 3: "ended"}.get(info["state"], "?")
        running = current()
        runs = running and running["proc"] == proc.va
        print("  " * depth + f"{info['pid']} {state}, {info['frames']} frames, "
              f"{info['credits']} credits, {programs.name_of(proc)}" + (" (runs)" if runs else ""))
        for child in list_walk(proc["children"], "proc", "sibling"):
            self.tree(child, depth + 1)


def procs_all(proc):
    """A process and all below it."""
    yield proc
    for child in list_walk(proc["children"], "proc", "sibling"):
        yield from procs_all(child)


def state_text(thread):
    return str(gdb.Value(thread["state"]).cast(gdb.lookup_type("enum thread_state")))


class Threads(Command):
    """threads: every thread of every process, with its program and where it is; `*` stands before the one that runs."""

    def show(self, _):
        print("       tid       pid  state      pc          program")
        for proc in procs_all(first_proc()):
            name = programs.name_of(proc)
            for t in list_walk(proc["threads"], "thread", "sibling"):
                runs = t == current()
                pc = programs.registers(t, runs)[15]
                print(f"{'*' if runs else ' '} {t['id']:8}  {proc['info']['pid']:8}  {state_text(t):9}  "
                      f"{pc:#010x}  {name}{programs.where(name, pc)}")


class Bt(gdb.Command):
    """bt TID: the chain of calls of any user thread; without TID, gdb's own of where the machine stopped."""

    def __init__(self):
        super().__init__("bt", gdb.COMMAND_STACK)

    def invoke(self, arg, from_tty):
        if not arg or arg.strip().split()[0] in ("full", "hide") or arg.startswith("-"):
            gdb.execute("backtrace " + arg, from_tty)
            return
        number = number_from(arg, "thread")
        with machine_memory():
            t = thread_of(number)
            name = programs.name_of(t.to("proc"))
            print(f"thread {number} of process {t.to('proc')['info']['pid']}, {name}: {state_text(t)}")
            core = programs.core_bytes(t, programs.registers(t, t == current()))
        print(programs.core_backtrace(name, core), end="")


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
            table = m.to("table")
            print(f"  in table {table['id']} of {owner_text(table)} at {m['at']:#x}: "
                  f"offset {m['offset']:#x}, length {m['len']:#x}, {flags_text(m['flags'])}")


def owner_text(f):
    owner = f.to("owner")
    return f"process {owner['info']['pid']}" if owner else "the kernel"


class Vspace(Command):
    """vspace PID: what stands where in a process's address space."""

    def show(self, pid):
        root = proc_of(pid).to("root")
        if not root:
            print("no root")
            return
        print(f"root {root['id']}")
        self.table(root, 0)

    def table(self, table, base):
        inside = sorted(list_walk(table["inside"], "map_rec", "by_table"), key=lambda m: m["at"])
        for m in inside:
            at, f = base + m["at"], m.to("frame")
            indent = "  " if table["kind"] == 3 else "    "
            print(f"{indent}{at:#010x} {m['len']:#9x}  {flags_text(m['flags']):12} frame {f['id']}"
                  f" + {m['offset']:#x} of {owner_text(f)}")
            if f["kind"] == 4 and m["flags"] & 8:
                self.table(f, at)


class Regs(Command):
    """regs TID: what a thread goes on with; of the one that was stopped in user code, what it has."""

    def show(self, tid):
        t = thread_of(tid)
        names = [f"r{n}" for n in range(13)] + ["sp", "lr", "pc", "cpsr"]
        print(f"thread {tid} of process {t.to('proc')['info']['pid']}: {state_text(t)}")
        for n, (name, value) in enumerate(zip(names, programs.registers(t, t == current()))):
            print(f"{name:>4} {value:08x}", end="\n" if n % 4 == 3 else "  ")
        print()


Procs("procs", "")
Threads("threads", "")
Frames("frames", "process")
Mappings("mappings", "frame")
Vspace("vspace", "process")
Regs("regs", "thread")
Bt()
