# SPDX-License-Identifier: GPL-2.0
"""A reader of flattened device trees, written after the specification (chapter 5).

It shares nothing with xl-dtdev or libfdt, and complains about everything.

usage: fdt.py TREE DIRECTORY    unpacks it as a kernel shows its own
"""

import os
import struct
import sys

MAGIC = 0xD00DFEED
BEGIN, END, PROP, NOP, LAST = 1, 2, 3, 4, 9


class Bad(Exception):
    """What is wrong with a tree."""


class Node:
    """A node: its properties are bytes, in the order of the file."""

    def __init__(self, name, parent):
        self.name, self.parent = name, parent
        self.props, self.children = {}, []

    @property
    def path(self):
        if self.parent is None:
            return "/"
        return (self.parent.path if self.parent.parent else "") + "/" + self.name

    def cells(self, name):
        data = self.props.get(name, b"")
        return list(struct.unpack(f">{len(data) // 4}I", data[: len(data) // 4 * 4]))

    def cell(self, name, default=None):
        cells = self.cells(name)
        return cells[0] if cells else default

    def strings(self, name):
        data = self.props.get(name, b"")
        return [s.decode("latin-1") for s in data.split(b"\0")[:-1]]

    def names(self):
        return {*self.props, *(child.name for child in self.children)}

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def up(self):
        node = self
        while node is not None:
            yield node
            node = node.parent


class Tree:
    """A whole tree, with its handles."""

    def __init__(self, blob):
        self.root = _read(blob)
        self.nodes = list(self.root.walk())
        self.paths, self.handles = {}, {}
        for node in self.nodes:
            self.paths.setdefault(node.path, node)
            handle = node.cell("phandle", node.cell("linux,phandle"))
            if handle is None:
                continue
            if handle in self.handles:
                raise Bad(f"{node.path}: handle {handle:#x} is given twice")
            self.handles[handle] = node


def _text(blob, at, end):
    stop = blob.find(b"\0", at, end)
    if stop < 0:
        raise Bad(f"text at {at:#x} does not end")
    return blob[at:stop].decode("latin-1"), stop + 1


def _header(blob):
    if len(blob) < 40:
        raise Bad("no header")
    magic, total, structs, strings, _, version, last, _, len_strings, len_structs = struct.unpack(
        ">10I", blob[:40]
    )
    if magic != MAGIC or total != len(blob) or version < 17 or last > 17:
        raise Bad("the header is odd")
    if structs % 4 or structs + len_structs > total or strings + len_strings > total:
        raise Bad("a block is outside")
    return structs, structs + len_structs, strings, strings + len_strings


def _property(blob, at, end, node, strings, strings_end):
    size, name_at = struct.unpack(">2I", blob[at : at + 8])
    name, _ = _text(blob, strings + name_at, strings_end)
    if at + 8 + size > end:
        raise Bad(f"{node.path}: {name} is outside")
    if name in node.props:
        raise Bad(f"{node.path}: {name} is there twice")
    node.props[name] = blob[at + 8 : at + 8 + size]
    return at + 8 + (size + 3) // 4 * 4


def _begin(blob, at, end, node, root):
    name, after = _text(blob, at, end)
    if node is None and (root or name):
        raise Bad("there are two roots, or the root has a name")
    new = Node(name, node)
    if node is not None:
        if any(child.name == name for child in node.children):
            raise Bad(f"{new.path} is there twice")
        node.children.append(new)
    return new, (after + 3) // 4 * 4


def _read(blob):
    at, end, strings, strings_end = _header(blob)
    node = root = None
    while at + 4 <= end:
        (token,) = struct.unpack(">I", blob[at : at + 4])
        at += 4
        if token == BEGIN:
            node, at = _begin(blob, at, end, node, root)
            root = root or node
        elif token == PROP and node is not None and not node.children:
            at = _property(blob, at, end, node, strings, strings_end)
        elif token == END and node is not None:
            node = node.parent
        elif token == LAST and node is None and root is not None:
            return root
        elif token != NOP:
            raise Bad(f"token {token} at {at - 4:#x}")
    raise Bad("it does not end")


def difference(one, other):
    """Where two nodes, or what is below them, are not the same; None if they are."""
    if list(one.props.items()) != list(other.props.items()):
        names = [n for n in {*one.props, *other.props} if one.props.get(n) != other.props.get(n)]
        return f"{one.path}: {', '.join(sorted(names)) or 'the order of properties'}"
    if [c.name for c in one.children] != [c.name for c in other.children]:
        return f"{one.path}: its nodes"
    for mine, its in zip(one.children, other.children):
        found = difference(mine, its)
        if found:
            return found
    return None


def main():
    with open(sys.argv[1], "rb") as stream:
        tree = Tree(stream.read())
    for node in tree.nodes:
        directory = sys.argv[2] + node.path
        os.makedirs(directory, exist_ok=True)
        for name, data in node.props.items():
            with open(os.path.join(directory, name), "wb") as stream:
                stream.write(data)


if __name__ == "__main__":
    main()
