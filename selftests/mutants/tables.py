# SPDX-License-Identifier: GPL-2.0
"""tables - each bit, action and mark of the policy tables, changed as a program starts"""

import os
import concurrent.futures
import tempfile

import build
import mutate

HERE = os.path.dirname(os.path.abspath(__file__))
ROOM = "drivers/xen/pciback/core"
FILES = ("cfg_header", "cfg_caps", "cfg_pcie", "cfg_extcaps")


class Programs:
    """The tests that know the tables, with tables that can be written to."""

    def __init__(self, judge, where):
        flavour = judge.quick
        flags = flavour.flags
        self.programs = []
        flavour.flags = flags + ["-Dconst="]
        objects = []
        try:
            for stem in FILES:
                source = os.path.join(build.TOP, ROOM, stem + ".c")
                objects.append(os.path.join(where, stem + ".o"))
                self.must(flavour.compile(ROOM, source, objects[-1]), stem)
            objects.append(os.path.join(where, "tables.o"))
            self.must(flavour.compile(ROOM, os.path.join(HERE, "tables.c"), objects[-1]),
                      "tables")
        finally:
            flavour.flags = flags
        for program in flavour.programs[ROOM]:
            if not program.links.intersection(stem + ".o" for stem in FILES):
                continue
            out = os.path.join(where, program.name)
            self.must(not program.link(out, objects).returncode, program.name)
            self.programs.append((program, out))

    @staticmethod
    def must(good, name):
        if not good:
            raise SystemExit("mutants: cannot build " + name)

    def list(self):
        env = dict(os.environ, TABLE_MUTANT="list")
        return build.run([self.programs[0][1]], env=env).stdout.split("\n")[:-1]

    def survives(self, number):
        env = dict(os.environ, TABLE_MUTANT=str(number))
        return all(program.passes(out, env) for program, out in self.programs)


def judge(the_judge, dice, wanted, account):
    with tempfile.TemporaryDirectory(dir=the_judge.where) as where:
        programs = Programs(the_judge, where)
        names = programs.list()
        numbers = range(len(names))
        if wanted != "all" and int(wanted) < len(names):
            numbers = sorted(dice.sample(numbers, int(wanted)))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for number, survived in zip(numbers, pool.map(programs.survives, numbers)):
                if survived:
                    account.survivors.append(mutate.Mutant(
                        ROOM, number, 0, 0, "", names[number], "table"))
                else:
                    account.killed += 1
