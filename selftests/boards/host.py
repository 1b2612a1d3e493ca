# SPDX-License-Identifier: GPL-2.0
"""What the host's tree says of a node, read after the specification: registers and
interrupts. Only plain cases of interrupts are told; others are None."""


def _inherited(node, name):
    for at in node.up():
        if name in at.props:
            return at.cell(name)
    return 1


def _number(cells):
    value = 0
    for cell in cells:
        value = value << 32 | cell
    return value


def _out_of(bus, address, size):
    """One bus up; None if the CPU cannot see it."""
    if "ranges" not in bus.props or bus.strings("device_type")[:1] in (["pci"], ["pciex"]):
        return None
    ranges = bus.cells("ranges")
    if not ranges:
        return address
    own, length = _inherited(bus, "#address-cells"), _inherited(bus, "#size-cells")
    outer = _inherited(bus.parent, "#address-cells")
    for i in range(0, len(ranges) - own - outer - length + 1, own + outer + length):
        start = _number(ranges[i : i + own])
        to = _number(ranges[i + own : i + own + outer])
        room = _number(ranges[i + own + outer : i + own + outer + length])
        if start <= address and address + size <= start + room:
            return address - start + to
    return None


def registers(node):
    """(address, size) of each region, up to the first that the CPU cannot see."""
    cells, found = node.cells("reg"), []
    if not cells or node.parent is None:
        return found
    own, length = _inherited(node.parent, "#address-cells"), _inherited(node.parent, "#size-cells")
    if not own or not length:
        return found
    for i in range(0, len(cells) - own - length + 1, own + length):
        address = _number(cells[i : i + own])
        size = _number(cells[i + own : i + own + length])
        for bus in list(node.up())[1:-1]:
            address = _out_of(bus, address, size) if address is not None else None
        if address is None or not size:
            break
        found.append((address, size))
    return found


def _controller(tree, node):
    for at in node.up():
        if "interrupt-parent" in at.props:
            return tree.handles.get(at.cell("interrupt-parent"))
        if at is not node and "interrupt-controller" in at.props:
            return at
    return None


def is_gic(tree, node):
    """The machine's main controller, and one that Xen knows: not another behind it."""
    if node is None or node.cell("#interrupt-cells", 0) < 3 or "interrupt-map" in node.props:
        return False
    above = _controller(tree, node)
    return above in (None, node) and any("gic" in name for name in node.strings("compatible"))


def interrupts(tree, node):
    """[(number as xl has it, trigger) or None for one that is not the GIC's], in order."""
    found = []
    if "interrupts-extended" in node.props:
        cells, at = node.cells("interrupts-extended"), 0
        while at < len(cells):
            controller = tree.handles.get(cells[at])
            count = controller.cell("#interrupt-cells", 0) if controller else 0
            found.append(_spi(tree, controller, cells[at + 1 : at + 1 + count]))
            at += 1 + count
        return found
    controller = _controller(tree, node)
    count = controller.cell("#interrupt-cells", 0) if controller else 0
    cells = node.cells("interrupts")
    if count:
        for i in range(0, len(cells) - count + 1, count):
            found.append(_spi(tree, controller, cells[i : i + count]))
    return found


def _spi(tree, controller, cells):
    if is_gic(tree, controller) and cells[0] == 0 and cells[1] <= 987:
        return cells[1] + 32, cells[2] & 0xF
    return None
