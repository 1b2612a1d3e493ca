# SPDX-License-Identifier: GPL-2.0
"""Holds what xl-dtdev makes of every device of tree files to the trees themselves.

usage: check.py EVERY TREE...    EVERY is the program every; prints what is wrong, a line
                                 each, and then the counts:
                                 "= FAMILY KIND given N noted N refused N" and
                                 "+ FAMILY REASON N"
"""

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter

import fdt
import host
import xlcfg

GIC = 0xFDE8
FIRST = 0x7E000000

# Lists of handles, and what says how many cells follow: as the bindings have it.
LISTS = {
    "clocks": "#clock-cells", "phys": "#phy-cells", "dmas": "#dma-cells",
    "resets": "#reset-cells", "power-domains": "#power-domain-cells",
    "iommus": "#iommu-cells", "mboxes": "#mbox-cells", "pwms": "#pwm-cells",
    "io-channels": "#io-channel-cells", "interconnects": "#interconnect-cells",
    "hwlocks": "#hwlock-cells", "thermal-sensors": "#thermal-sensor-cells",
    "sound-dai": "#sound-dai-cells", "assigned-clocks": "#clock-cells",
    "phy-handle": None, "remote-endpoint": None, "memory-region": None,
    "operating-points-v2": None, "extcon": None, "mmc-pwrseq": None, "backlight": None,
    "pinctrl-0": None, "pinctrl-1": None, "msi-parent": "#msi-cells",
    "nvmem-cells": "#nvmem-cell-cells", "interrupt-parent": None,
}

# What xl-dtdev need not speak of: written anew, or dom0's own business.
SILENT = re.compile(
    r"name|status|phandle|linux,phandle|reg|ranges|interrupts(-extended)?|interrupt-(parent|names)"
    r"|assigned-clock.*|clock-ranges|clocks|clock-names|power-domains|power-domain-names|resets"
    r"|reset-names|pinctrl-.*|.*-supply|interconnects|interconnect-names|iommus|iommu-names|xen,.*"
    r"|#(address|size)-cells|dma-coherent"
)

KINDS = [
    ("pci", "pcie?"), ("ethernet", "ethernet|gmac|eth|mac"), ("mmc", "mmc|sdhci|sdmmc|esdhc|usdhc|dwmmc"),
    ("usb", "usb.*|ehci|ohci|dwc3|xhci"), ("serial", "serial|uart"), ("i2c", "i2c"), ("spi", "spi|qspi|flash"),
    ("can", "can|flexcan"), ("gpu", "gpu"), ("gpio", "gpio|pinctrl"), ("timer", "timer.*|watchdog|rtc|pwm"),
    ("clock", "clock-controller|reset-controller|power-controller|syscon"), ("iommu", "iommu|smmu"),
    ("interrupt", "interrupt-controller|intc.*|msi-controller"), ("dma", "dma.*"), ("video", "video-codec|display.*|hdmi|dsi|vop|isp|csi|mipi.*"),
    ("audio", "i2s|sai|audio.*|spdif"), ("phy", ".*phy.*"), ("sata", "sata|ahci"), ("debug", "etm|funnel|etf|etr|tpiu|debug|stm|replicator.*|cpu-debug"),
]


def kind_of(path):
    base = path.rsplit("/", 1)[1].partition("@")[0]
    for kind, names in KINDS:
        if re.fullmatch(names, base):
            return kind
    return "other"


class Check:
    """One result, and what is wrong with it."""

    def __init__(self, tree, devices, verdict, blob, lines):
        self.tree, self.devices, self.verdict = tree, devices, verdict
        self.guest, self.config = fdt.Tree(blob), xlcfg.Config(lines)
        self.top = self.guest.paths.get("/passthrough")
        if self.top is None or [c.name for c in self.guest.root.children] != ["passthrough"]:
            raise fdt.Bad("it is not /passthrough alone")

    def run(self):
        self._handles()
        self._frames()
        self._streams()
        made = [n for n in self.top.children if not re.match(r"clock-\d+$", n.name)]
        if len(self.devices) == 1:
            if len(made) != 1:
                raise fdt.Bad(f"{len(made)} nodes of one device")
            self._device(self.devices[0], made[0])
        self._irqs_are_used()

    def _handles(self):
        for node in self.guest.nodes:
            handle = node.cell("phandle")
            if handle is not None and not FIRST <= handle < FIRST + len(self.guest.nodes):
                raise fdt.Bad(f"{node.path}: handle {handle:#x}")
            for name in node.props:
                if name in LISTS or re.fullmatch(r".*-gpios?|gpios", name):
                    self._list(node, name, LISTS.get(name, "#gpio-cells"))

    def _list(self, node, name, counter):
        if "gpio-hog" in node.props or name.endswith(",nr-gpios"):
            return
        cells, at = node.cells(name), 0
        while at < len(cells):
            if cells[at] in (0, 0xFFFFFFFF):
                at += 1
                continue
            target = self.guest.handles.get(cells[at])
            if target is None:
                raise fdt.Bad(f"{node.path}: {name} refers to nothing ({cells[at]:#x})")
            at += 1 + (target.cell(counter, 0) if counter else 0)
        if at > len(cells):
            raise fdt.Bad(f"{node.path}: {name} does not come out even")

    def _frames(self):
        wanted = set()
        for path in self.devices:
            for address, size in host.registers(self.tree.paths[path]):
                wanted.add((address >> 12, (address + size - 1) >> 12))
        given = sorted((first, first + count - 1) for first, count, _ in self.config.iomem)
        for low, high in wanted:
            if not any(first <= low and high <= last for first, last in given):
                raise fdt.Bad(f"frames {low:#x} to {high:#x} are not given")
        for first, last in given:
            if first not in {low for low, _ in wanted} or last not in {high for _, high in wanted}:
                raise fdt.Bad(f"frames {first:#x} to {last:#x} are given, and not the device's")

    def _streams(self):
        for path in self.config.dtdev:
            if path not in self.devices:
                raise fdt.Bad(f"dtdev of {path}")
        for path in self.devices:
            iommu, wrong, option = host.iommu(self.tree, self.tree.paths[path])
            if (path in self.config.dtdev) != (wrong is None):
                raise fdt.Bad(f"{path}: dtdev, and its IOMMU is {iommu and iommu.path}: {wrong}")
            whose = f"{path}: " if len(self.devices) > 1 else ""
            self._stream(self.tree.paths[path], whose, iommu, wrong, option)

    def _stream(self, node, whose, iommu, wrong, option):
        """What is said: why there is none, or what else it takes; of what does DMA only."""
        told, short = None, ""
        if wrong is None and option:
            told = f"Xen drives {iommu.path} if it is built with {option}"
            told, short = f"dtdev: {told}", f", DMA: {told}"
        elif wrong is not None and host.does_dma(node):
            told, short = f"no dtdev: {wrong}; if it does DMA, ", f", no DMA: {wrong}"
        said = [n for n in self.config.notes if re.match(rf"{re.escape(whose)}(no )?dtdev: ", n)]
        if len(said) != bool(told) or (told and not said[0].startswith(whose + told)):
            raise fdt.Bad(f"of DMA is said {said}, not: {told}")
        if self.verdict not in (None, short):
            raise fdt.Bad(f"the verdict ends with '{self.verdict}', not '{short}'")

    def _device(self, path, made):
        node = self.tree.paths[path]
        self._registers(node, made)
        self._interrupts(node, made)
        self._nothing_is_lost(node, made)
        for name in "compatible", "reg-names":
            if node.props.get(name) != made.props.get(name):
                raise fdt.Bad(f"{name} is another one")
        coherent = any("dma-coherent" in at.props for at in node.up())
        if coherent != ("dma-coherent" in made.props):
            raise fdt.Bad("dma-coherent is lost, or new")

    def _registers(self, node, made):
        cells = made.cells("reg")
        got = [(cells[i] << 32 | cells[i + 1], cells[i + 2] << 32 | cells[i + 3]) for i in range(0, len(cells), 4)]
        want = [(self.config.to_guest(a), size) for a, size in host.registers(node)]
        if got != want:
            raise fdt.Bad(f"reg is {got}, not {want}")
        if got and made.name.partition("@")[2] != f"{got[0][0]:x}":
            raise fdt.Bad(f"its name is {made.name}")

    def _entries(self, made):
        cells = made.cells("interrupts")
        if cells:
            return [(0, *cells[i + 1 : i + 3]) if cells[i] == 0 else None for i in range(0, len(cells), 3)]
        cells, at, found = made.cells("interrupts-extended"), 0, []
        while at < len(cells):
            target = self.guest.handles.get(cells[at])
            if cells[at] == GIC and cells[at + 1] == 0:
                found.append((0, *cells[at + 2 : at + 4]))
                at += 4
            elif cells[at] == 0:
                found.append(None)
                at += 1
            elif target is not None:
                found.append(None)
                at += 1 + target.cell("#interrupt-cells")
            else:
                raise fdt.Bad(f"{made.path}: an interrupt of nobody ({cells[at]:#x})")
        return found

    def _interrupts(self, node, made):
        want = host.interrupts(self.tree, node)
        got = self._entries(made)
        if not got:
            got = [None] * len(want)
        if any("interrupt-map" in c.props for c in self.tree.nodes if c.path in node.path) or not want:
            return
        if len(got) != len(want):
            raise fdt.Bad(f"{len(got)} interrupts, not {len(want)}")
        for index, (have, spi) in enumerate(zip(got, want)):
            if spi is not None and have != (0, spi[0] - 32, spi[1]):
                raise fdt.Bad(f"interrupt {index} is {have}, not {spi}")

    def _irqs_are_used(self):
        used = set()
        for node in self.guest.nodes:
            for entry in self._entries(node):
                if entry is not None:
                    used.add(entry[1] + 32)
        if used != set(self.config.irqs):
            raise fdt.Bad(f"irqs are {self.config.irqs}, the tree has {sorted(used)}")

    def _link(self, made):
        """A MAC whose PHY stays has a link, or what stands in the way is said."""
        told = any(note.startswith("left out: fixed-link (") for note in self.config.notes)
        if told == ("fixed-link" in made.names()):
            raise fdt.Bad(f"{made.path}: the link is {'left out, and there' if told else 'lost'}")

    def _nothing_is_lost(self, node, made):
        if "phy-handle" in node.props and "phy-handle" not in made.props:
            self._link(made)
        told = " ".join(self.config.notes)
        for name in node.props:
            if name in made.props or SILENT.fullmatch(name):
                continue
            of = name[: -len("-names")] if name.endswith("-names") else None
            if f"left out: {name} (" in told or (of and re.search(rf"left out: {re.escape(of)}s? \(", told)):
                continue
            raise fdt.Bad(f"{name} is lost without a word")
        for child in node.children:
            status = child.strings("status")[:1]
            if status and status[0] not in ("okay", "ok"):
                continue
            base = child.name.partition("@")[0]
            if not any(c.name.partition("@")[0] == base for c in made.children) and (
                f"left out: {child.name} (" not in told
            ):
                raise fdt.Bad(f"{child.name} below it is lost without a word")


def compiled(source):
    """What dtc makes of it, which must be without a complaint."""
    words = ["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", "-", "-"]
    run = subprocess.run(words, input=source, capture_output=True, check=False)
    if run.returncode or run.stderr:
        raise fdt.Bad(f"dtc: {run.stderr.decode()[-300:].strip()}")
    return run.stdout


def check_source(source, blob):
    found = fdt.difference(fdt.Tree(compiled(source)).root, fdt.Tree(blob).root)
    if found:
        raise fdt.Bad(f"the source is another tree: {found}")


def check_mark(source, file, paths):
    """The overlay marks those, and changes nothing else."""
    with tempfile.TemporaryDirectory() as directory:
        overlay, marked = os.path.join(directory, "overlay"), os.path.join(directory, "marked")
        with open(overlay, "wb") as stream:
            stream.write(compiled(source))
        words = ["fdtoverlay", "-i", file, "-o", marked, overlay]
        run = subprocess.run(words, capture_output=True, check=False)
        if run.returncode:
            raise fdt.Bad(f"fdtoverlay: {run.stderr.decode()[-300:].strip()}")
        with open(marked, "rb") as stream:
            tree = fdt.Tree(stream.read())
    for path in paths:
        if tree.paths[path].props.pop("xen,passthrough", None) != b"":
            raise fdt.Bad(f"{path} is not marked")
    with open(file, "rb") as stream:
        found = fdt.difference(tree.root, fdt.Tree(stream.read()).root)
    if found:
        raise fdt.Bad(f"the overlay does more than to mark: {found}")


def records(data):
    at = 0
    while at < len(data):
        end = data.index(b"\n", at)
        word, size = data[at:end].split()
        yield word.decode(), data[end + 1 : end + 1 + int(size)]
        at = end + 1 + int(size)


class Tally:
    """All that is counted."""

    def __init__(self):
        self.kinds, self.reasons, self.wrong = Counter(), Counter(), 0

    def complain(self, file, path, what):
        self.wrong += 1
        print(f"{file} {path}: {what}")

    def tree(self, every, file):
        with open(file, "rb") as stream:
            tree = fdt.Tree(stream.read())
        family = re.sub(r".*/(linux-image-[^/]*|modules/[^/]*/dtb)/", "", file).rpartition("/")[0]
        family = family or re.match(r"[a-z]*", file.rpartition("/")[2]).group()
        run = subprocess.run([every, file], capture_output=True, check=False)
        if run.returncode:
            self.complain(file, "", f"every ends with {run.returncode}: {run.stderr.decode()[-300:]}")
            return
        path, verdict, note, source, blob = None, None, None, None, None
        given, marked = [], []
        for word, data in records(run.stdout):
            if word == "device":
                path, note, source = data.decode(), None, None
            elif word == "unfit":
                self.count(family, path, [data.decode().partition(":")[0]], [])
            elif word == "reasons":
                verdict = [part.split()[0] for part in data.decode().split("; ") if part]
            elif word == "note":
                note = data.decode()
            elif word == "refused":
                if path != "*":
                    self.count(family, path, verdict + ["no-hole"], [])
            elif word == "blob":
                blob = data
            elif word == "source":
                source = data
            elif word == "marked":
                marked.append(data.decode())
            elif word == "mark":
                try:
                    check_mark(data, file, set(marked))
                except (fdt.Bad, KeyError) as error:
                    self.complain(file, "mark", error)
            elif word == "lines":
                try:
                    if source is not None:
                        check_source(source, blob)
                    devices = given if path == "*" else [path]
                    check = Check(tree, devices, note, blob, data.decode())
                    check.run()
                except (fdt.Bad, xlcfg.Bad, KeyError, IndexError, ValueError) as error:
                    self.complain(file, path, repr(error) if isinstance(error, (KeyError, IndexError, ValueError)) else error)
                    continue
                if path != "*":
                    told = [n for n in check.config.notes if re.match("left out|no dtdev:", n)]
                    self.count(family, path, verdict, told)
                    if not verdict:
                        given.append(path)

    def count(self, family, path, reasons, notes):
        state = "refused" if reasons else "noted" if notes else "given"
        self.kinds[family, kind_of(path), state] += 1
        for reason in reasons:
            self.reasons[family, reason] += 1

    def show(self):
        for family, kind in sorted({key[:2] for key in self.kinds}):
            numbers = " ".join(f"{s} {self.kinds[family, kind, s]}" for s in ("given", "noted", "refused"))
            print(f"= {family} {kind} {numbers}")
        for (family, reason), number in sorted(self.reasons.items()):
            print(f"+ {family} {reason} {number}")


def main():
    tally = Tally()
    for file in sys.argv[2:]:
        try:
            tally.tree(sys.argv[1], file)
        except fdt.Bad as error:
            tally.complain(file, "", f"Debian's own tree: {error}")
    tally.show()
    return tally.wrong > 0


if __name__ == "__main__":
    sys.exit(main())
