#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Changes core/ a little, again and again: the unit tests must notice.

  MUTANTS=N    how many changes of source lines (default 300; all: every one)
  SEED=N       which; the one of a run is in its first line
  ONLY=TEXT    files whose name has it

With --lists it changes nothing: are the lines there that its two lists name?

Killed must be at least 97 % of those that differ, in each room, and each of those
in the file "directed". Equal ones are those with the same object code, and those in
the file "equivalent", which has a reason for each.
"""

import collections
import concurrent.futures
import glob
import os
import random
import re
import sys
import time

import build
import mutate
import tables

HERE = os.path.dirname(os.path.abspath(__file__))
LEAST = 97


def read(name):
    with open(os.path.join(build.TOP, name)) as source:
        return source.read()


def lines_of(name):
    with open(os.path.join(HERE, name)) as source:
        return [line.rstrip("\n") for line in source
                if line.strip() and not line.startswith("#")]


class Equivalent:
    """
    Lines of FILE | SOURCE LINE | CHANGE | REASON, as survivors are printed; a change
    "X -> *" is X to anything. One that names a line that there is not is of no use.
    """

    def __init__(self):
        self.known = set()
        for line in lines_of("equivalent"):
            parts = re.split(r" \| ", line)
            if len(parts) < 4 or not parts[-1].strip():
                raise SystemExit("equivalent: not 'file | line | change | reason': " + line)
            name, source, change = parts[0], " | ".join(parts[1:-2]), parts[-2]
            if source not in (text.strip() for text in read(name).splitlines()):
                raise SystemExit("equivalent: %s has no line %s" % (name, source))
            self.known.add((name, source, change))

    def has(self, mutant):
        change = mutant.change.split(" #")[0]
        anything = change.split(" -> ")[0] + " -> *"
        return any((mutant.file, mutant.source, text) in self.known
                   for text in (mutant.change, anything))


def directed():
    """Lines of FILE | TEXT | OTHER TEXT."""
    for line in lines_of("directed"):
        name, old, new = line.split(" | ")
        source = read(name)
        if old not in source:
            raise SystemExit("directed: %s has no %s" % (name, old))
        start = source.index(old)
        yield mutate.Mutant(name, source.count("\n", 0, start) + 1, start,
                            start + len(old), new, "%s -> %s" % (old, new), old)


class Account:
    """What became of the changes of one room."""

    def __init__(self, name, least):
        self.name, self.least = name, least
        self.killed, self.equal, self.no_c, self.survivors = 0, 0, 0, []

    def percent(self):
        differ = self.killed + len(self.survivors)
        return 100.0 * self.killed / differ if differ else 100.0

    def is_good(self):
        return self.killed > 0 and self.percent() >= self.least

    def tell(self, number):
        for mutant in sorted(self.survivors, key=lambda m: (m.file, m.line, m.change)):
            print("# survived: %s:%d | %s | %s" %
                  (mutant.file, mutant.line, mutant.source, mutant.change))
        print("%sok %d %s # %d killed, %d survived, %d equal: %.1f %%" %
              ("" if self.is_good() else "not ", number, self.name, self.killed,
               len(self.survivors), self.equal, self.percent()))


def sample(dice, wanted, only):
    chosen = []
    for room in build.ROOMS:
        for path in sorted(glob.glob(os.path.join(build.TOP, room, "*.c"))):
            name = os.path.relpath(path, build.TOP)
            if only in name:
                chosen += mutate.mutants_of(name, read(name))
    if wanted != "all" and int(wanted) < len(chosen):
        chosen = dice.sample(chosen, int(wanted))
    return chosen


def judge_source(judge, mutants, account_of, known):
    sources = {m.file: read(m.file) for m in mutants}

    def one(mutant):
        before = sources[mutant.file]
        after = before[:mutant.start] + mutant.text + before[mutant.end:]
        fate = judge.try_text(mutant.file, before, after)
        if fate == "survived" and known and known.has(mutant):
            fate = "same"
        return mutant, fate

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for mutant, fate in pool.map(one, mutants):
            account = account_of(mutant)
            if fate == "same":
                account.equal += 1
            elif fate == "survived":
                account.survivors.append(mutant)
            elif fate != "none":
                account.killed += 1
            else:
                account.no_c += 1


def main():
    if sys.argv[1:] == ["--lists"]:
        return 0 if Equivalent().known and list(directed()) else 1
    started = time.monotonic()
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(1 << 32))
    wanted = os.environ.get("MUTANTS") or "300"
    only = os.environ.get("ONLY") or ""
    dice = random.Random(seed)
    print("# seed %d: SEED=%d MUTANTS=%s does the same again" % (seed, seed, wanted))
    sys.stdout.flush()

    judge = build.Judge(os.path.join(build.TOP, "build/mutants"), seed)
    accounts = collections.OrderedDict()
    mutants = sample(dice, wanted, only)
    for mutant in mutants:
        room = os.path.dirname(mutant.file)
        accounts.setdefault(room, Account(room, LEAST))
    judge_source(judge, mutants, lambda m: accounts[os.path.dirname(m.file)], Equivalent())
    if not only:
        accounts["tables"] = Account("policy tables", LEAST)
        tables.judge(judge, dice, wanted, accounts["tables"])
        accounts["directed"] = Account("directed", 100)
        judge_source(judge, list(directed()), lambda m: accounts["directed"], None)
        # What is equal or no C breaks nothing.
        if accounts["directed"].equal or accounts["directed"].no_c:
            raise SystemExit("directed: some change nothing")

    print("KTAP version 1\n1..%d" % len(accounts))
    for number, account in enumerate(accounts.values(), 1):
        account.tell(number)
    failed = sum(not a.is_good() for a in accounts.values())
    print("# seed %d, %d s" % (seed, time.monotonic() - started))
    print("# mutants: %d passed, %d failed, 0 skipped" % (len(accounts) - failed, failed))
    return 1 if failed or not accounts else 0


sys.exit(main())
