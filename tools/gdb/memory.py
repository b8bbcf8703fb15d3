# SPDX-License-Identifier: ISC
"""The guest's memory for gdb, wherever the machine stopped: kernel memory is not visible in user mode, and QEMU's stub does not
leave that mode, so everything is read at its physical address, by the tables that the CPU walks (DDI 0406C B3.5).
"""

import contextlib
import struct

import gdb

PAGE = 4096
MODE_MASK, MODE_USER = 0x1F, 0x10
REGISTERS = [f"r{n}" for n in range(13)] + ["sp", "lr", "pc", "cpsr"]


class Missing(Exception):
    """Nothing is mapped there."""


class Machine:
    """What the boot CPU had when a command began; constant while it runs."""
    table = 0    # the kernel's, physical address
    live = None  # the registers, if user code was stopped


def kernel_table():
    """TTBR1, of the secure or the other world, as QEMU names it for the CPU's generation; 0 before there is one."""
    for name in ("TTBR1_S", "TTBR1", "TTBR1_EL1_S", "TTBR1_EL1"):
        value = gdb.parse_and_eval("$" + name)
        if value.type.code != gdb.TYPE_CODE_VOID and int(value):
            return int(value) & 0xFFFFC000
    return 0


@contextlib.contextmanager
def physical():
    """What is read here is read at physical addresses."""
    gdb.execute("maintenance packet Qqemu.PhyMemMode:1", to_string=True)
    try:
        yield
    finally:
        gdb.execute("maintenance packet Qqemu.PhyMemMode:0", to_string=True)


@contextlib.contextmanager
def machine_memory():
    """Lets kernel_read and Object work; refuses while there are no books yet.  Only the boot CPU runs."""
    if not gdb.selected_inferior().threads():
        raise gdb.GdbError("the machine is gone")
    chosen = gdb.selected_thread()
    frame = gdb.selected_frame()
    boot = min(gdb.selected_inferior().threads(), key=lambda t: t.num)
    if boot.num != chosen.num:
        boot.switch()
    try:
        Machine.table = kernel_table()
        newest = gdb.newest_frame()
        regs = [int(newest.read_register(name)) & 0xFFFFFFFF for name in REGISTERS]
        Machine.live = regs if regs[16] & MODE_MASK == MODE_USER else None
    finally:
        if boot.num != chosen.num:
            chosen.switch()
    with physical():
        if not Machine.table or not variable("first_proc"):
            raise gdb.GdbError("the kernel has not booted yet: `continue`, then Ctrl-C")
        yield
    if frame.is_valid():
        frame.select()


def physical_read(pa, length):
    return bytes(gdb.selected_inferior().read_memory(pa, length))


def table_walk(table, va):
    """The physical address of a virtual one."""
    first, = struct.unpack("<I", physical_read(table + (va >> 20) * 4, 4))
    if first & 3 == 2:
        return first & 0xFFF00000 | va & 0xFFFFF
    if first & 3 != 1:
        raise Missing
    second, = struct.unpack("<I", physical_read((first & ~0x3FF) + (va >> 12 & 0xFF) * 4, 4))
    if second & 2:
        return second & ~0xFFF | va & 0xFFF
    if second & 3 == 1:
        return second & ~0xFFFF | va & 0xFFFF
    raise Missing


def virtual_read(table, va, length):
    """Memory as a table shows it; Missing where it shows none, or what cannot be read."""
    data = b""
    while length:
        part = min(length, PAGE - va % PAGE)
        try:
            data += physical_read(table_walk(table, va), part)
        except gdb.MemoryError:
            raise Missing from None
        va, length = va + part, length - part
    return data


def kernel_read(va, length):
    return virtual_read(Machine.table, va, length)


def variable(name):
    """A word of the kernel's, by its name."""
    address = int(gdb.parse_and_eval("&" + name))
    return struct.unpack("<I", kernel_read(address, 4))[0]


class Object:
    """A structure of the kernel's: a field that is a number or a pointer reads as a number, one that is a structure or an array
    as another Object."""

    def __init__(self, kind, va):
        self.type = (gdb.lookup_type(kind) if isinstance(kind, str) else kind).strip_typedefs()
        self.va = va

    def __getitem__(self, key):
        if self.type.code == gdb.TYPE_CODE_ARRAY:
            return part(self.type.target(), self.va + key * self.type.target().sizeof)
        field = field_find(self.type, key)
        return part(field[0], self.va + field[1])

    def to(self, key):
        """What a pointer field points at; None: nothing."""
        field, offset = field_find(self.type, key)
        at = part(field, self.va + offset)
        return Object(field.strip_typedefs().target(), at) if at else None

    def __eq__(self, other):
        return other is not None and self.va == other.va

    def __hash__(self):
        return self.va


def field_find(kind, name):
    """(type, offset) of a field, which may stand in a union without a name."""
    for field in kind.fields():
        if field.name == name:
            return field.type, field.bitpos // 8
        if not field.name:
            found = field_find(field.type, name)
            if found:
                return found[0], found[1] + field.bitpos // 8
    return None


def part(kind, va):
    plain = kind.strip_typedefs()
    if plain.code in (gdb.TYPE_CODE_STRUCT, gdb.TYPE_CODE_UNION, gdb.TYPE_CODE_ARRAY):
        return Object(plain, va)
    return int(gdb.Value(kernel_read(va, plain.sizeof), plain))


def list_walk(head, kind, field):
    """The objects of a kernel list."""
    offset = field_find(gdb.lookup_type("struct " + kind), field)[1]
    link = head["next"]
    while link != head.va:
        yield Object("struct " + kind, link - offset)
        link = Object("struct link", link)["next"]
