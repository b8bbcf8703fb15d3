# SPDX-License-Identifier: ISC
"""The smallest device tree that tells where memory is, as a loader passes it (Devicetree Specification 0.4, ch. 5)."""

import struct

BEGIN_NODE, END_NODE, PROP, END = 1, 2, 3, 9
HEADER = 40


def padded(data):
    return data + bytes(-len(data) % 4)


class Tree:
    def __init__(self):
        self.body, self.names = b"", b""

    def begin(self, name):
        self.body += struct.pack(">I", BEGIN_NODE) + padded(name.encode() + b"\0")

    def end(self):
        self.body += struct.pack(">I", END_NODE)

    def prop(self, name, value):
        self.body += struct.pack(">3I", PROP, len(value), len(self.names)) + padded(value)
        self.names += name.encode() + b"\0"

    def blob(self):
        body = self.body + struct.pack(">I", END)
        reserved = bytes(16)
        at = HEADER + len(reserved)
        head = struct.pack(">10I", 0xD00DFEED, at + len(body) + len(self.names), at, at + len(body), HEADER, 17, 16, 0,
                           len(self.names), len(body))
        return head + reserved + body + self.names


def memory_tree(start, length):
    """A tree with this range of memory, in cells of 32 bits."""
    tree = Tree()
    tree.begin("")
    tree.prop("#address-cells", struct.pack(">I", 1))
    tree.prop("#size-cells", struct.pack(">I", 1))
    tree.begin("chosen")
    tree.end()
    tree.begin(f"memory@{start:x}")
    tree.prop("device_type", b"memory\0")
    tree.prop("reg", struct.pack(">2I", start, length))
    tree.end()
    tree.end()
    return tree.blob()
