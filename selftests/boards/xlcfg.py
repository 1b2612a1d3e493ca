# SPDX-License-Identifier: GPL-2.0
"""Lines of xl.cfg, by xl's rules: what it takes, and what Xen then does not."""

import re

FRAMES = re.compile(r"(?:0x)?([0-9a-f]+),(?:0x)?([0-9a-f]+)@(?:0x)?([0-9a-f]+)")

# What an Arm guest has of its own, in frames: xen/include/public/arch-arm.h of 4.17 to
# 4.21: virtio and GICs, vpl011, ITS, magic pages, grant table, memory.
TAKEN = [(0x2000, 0x4020), (0x22000, 0x22FFF), (0x38000, 0x3FFFF), (0x40000, 0xFFFFF)]


class Bad(Exception):
    """What xl or Xen would refuse."""


class Config:
    """What the lines give."""

    def __init__(self, text):
        self.notes, self.keys = [], {}
        for line in text.splitlines():
            if line.startswith("# "):
                self.notes.append(line[2:])
                continue
            key, _, value = line.partition(" = ")
            if key in self.keys or not value:
                raise Bad(f"xl loses a line: {line}")
            self.keys[key] = value
        if set(self.keys) - {"device_tree", "irqs", "iomem", "dtdev"}:
            raise Bad(f"odd lines: {sorted(self.keys)}")
        self.irqs = [int(number) for number in self._list("irqs")]
        self.iomem = [self._frames(text) for text in self._list("iomem")]
        self.dtdev = [text.strip('"') for text in self._list("dtdev")]
        self._check()

    def _list(self, key):
        value = self.keys.get(key)
        if value is None:
            return []
        if not re.fullmatch(r"\[ .+ \]", value):
            raise Bad(f"{key}: {value}")
        parts = re.findall(r'"[^"]*"|\d+', value[2:-2])
        if ", ".join(parts) != value[2:-2]:
            raise Bad(f"{key}: {value}")
        return parts

    @staticmethod
    def _frames(text):
        found = FRAMES.fullmatch(text.strip('"'))
        if not found:
            raise Bad(f"iomem: {text}")
        return tuple(int(part, 16) for part in found.groups())

    def _check(self):
        if len(set(self.irqs)) != len(self.irqs) or any(not 32 <= n <= 1019 for n in self.irqs):
            raise Bad(f"irqs: {self.irqs}")
        for side in 0, 2:
            spans = sorted((row[side], row[side] + row[1]) for row in self.iomem)
            for before, after in zip(spans, spans[1:]):
                if before[1] > after[0]:
                    raise Bad(f"iomem: frame {after[0]:#x} is given twice")
        for first, count, at in self.iomem:
            if not count:
                raise Bad(f"iomem: nothing from {first:#x} on")
            for low, high in TAKEN:
                if at < high and at + count > low and not (low == 0x2000 and at >= 0x4020):
                    raise Bad(f"iomem: the guest has its own at {at:#x}")

    def to_guest(self, address):
        """The guest's address for one of the host's, or None."""
        for first, count, at in self.iomem:
            if first <= address >> 12 < first + count:
                return address - (first << 12) + (at << 12)
        return None
