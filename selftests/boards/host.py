# SPDX-License-Identifier: GPL-2.0
"""What the host's tree says of a node, read after the specification: registers,
interrupts and what Xen makes of its IOMMU. Only plain cases of interrupts are told; others
are None."""

import re

# What Xen's drivers match, 4.17 to 4.20, and what they are built with if that is not its
# default: xen/drivers/passthrough/arm/smmu.c, smmu-v3.c and ipmmu-vmsa.c.
DRIVEN = {
    **dict.fromkeys(("arm,smmu-v1", "arm,smmu-v2"), ""),
    **dict.fromkeys(("arm,mmu-400", "arm,mmu-401", "arm,mmu-500"), ""),
    "arm,smmu-v3": "CONFIG_ARM_SMMU_V3",
    "renesas,ipmmu-r8a7795": "CONFIG_IPMMU_VMSA",
    "renesas,ipmmu-r8a7796": "CONFIG_IPMMU_VMSA",
    "renesas,ipmmu-r8a77961": "CONFIG_IPMMU_VMSA",
    "renesas,ipmmu-r8a77965": "CONFIG_IPMMU_VMSA",
    "renesas,ipmmu-r8a779f0": "CONFIG_IPMMU_VMSA",
    "renesas,ipmmu-r8a779g0": "CONFIG_IPMMU_VMSA",
}


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
            if at + 1 + count > len(cells):
                break
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


# What never does DMA of its own, by the last word of its name: the Devicetree specification's
# generic names (2.2.2), Arm's PrimeCells, and controllers of the SoC.
QUIET = re.compile(
    r"(.*-)?((adc|can|efuse|gpio|keypad|mailbox|phy|pinctrl|pmu|pwm|rtc|serial|syscon"
    r"|thermal-sensor|timer|uart|watchdog|(clock|interrupt|reset)-controller)\d*"
    r"|pl0(11|31|61)|sp80[45])"
)


def does_dma(node):
    base = node.name.partition("@")[0]
    above = any("iommus" in at.props for at in node.up())
    return above or "dma-coherent" in node.props or not QUIET.fullmatch(base)


def _masters(tree, node):
    """The nodes that its "iommus" names; None for a handle of nobody."""
    cells, at = node.cells("iommus"), 0
    while at < len(cells):
        master = tree.handles.get(cells[at])
        yield master
        if master is None:
            return
        at += 1 + master.cell("#iommu-cells", 0)


def iommu(tree, node):
    """(the node of its IOMMU, why Xen does not drive that or None, option or "")"""
    if "iommus" not in node.props:
        return None, "no IOMMU looks after it", ""
    found = list(_masters(tree, node))
    if not found or None in found:
        return None, "the IOMMU that it refers to is not there", ""
    if found.count(found[0]) != len(found):
        return found[0], "several IOMMUs look after it, and Xen takes one", ""
    names = [name for name in found[0].strings("compatible") if name in DRIVEN]
    if not names:
        return found[0], f"Xen does not drive {found[0].path}", ""
    if any(at.strings("status")[:1] not in ([], ["okay"], ["ok"]) for at in found[0].up()):
        return found[0], f"{found[0].path} is disabled", ""
    return found[0], None, DRIVEN[names[0]]
