# SPDX-License-Identifier: GPL-2.0
"""build - the unit tests' programs, with one object of core/ replaced"""

import os
import re
import resource
import subprocess
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
UNIT = os.path.join(TOP, "selftests/unit")
PLAIN = ["-std=gnu11", "-O1", "-w"]
SANITIZED = PLAIN + ["-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]

# A core room, and where the unit tests' Makefile has its objects and its tests.
ROOMS = {
    "drivers/xen/pciback/core": ("core", ""),
    "drivers/xen/dtdev/core": ("dtdev-core", "dtdev"),
    "drivers/of/overlay-configfs/core": ("overlay-core", "overlay"),
}


def run(command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          universal_newlines=True, errors="replace", **more)


def must(command):
    done = run(command)
    if done.returncode:
        raise SystemExit("%s\n%s" % (" ".join(command), done.stdout))
    return done.stdout


def kept_seeds():
    with open(os.path.join(UNIT, "seeds")) as source:
        return [line.strip() for line in source if line.strip() and line[0] != "#"]


def cpu_seconds():
    """Of all that has been run and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Program:
    """A test program: what it is linked of, its dice's seeds, and how long it takes."""

    def __init__(self, object_file, archives, flags, seeds):
        self.object, self.archives, self.flags = object_file, archives, flags
        self.seeds = seeds
        self.name = os.path.basename(object_file)[len("test_"):-len(".o")]
        self.seconds = 0
        self.links = set()

    def link(self, out, objects, more=()):
        return run(["gcc"] + self.flags + list(more) + ["-o", out, self.object] +
                   objects + self.archives)

    def measure(self, where):
        program = os.path.join(where, "measure_" + self.name)
        done = self.link(program, [], ["-Wl,-t,-t"])
        if done.returncode:
            raise SystemExit(done.stdout)
        self.links = set(re.findall(r"([a-z_]+\.o)\b", done.stdout))
        before = cpu_seconds()
        done = run([program] + self.seeds)
        self.seconds = cpu_seconds() - before
        if done.returncode:
            raise SystemExit("%s fails without any change\n%s" % (self.name, done.stdout))

    def passes(self, program, env=None):
        """False, too, for one that does not end; what others do to the machine is no matter."""
        most = int(10 + 10 * self.seconds)
        return not subprocess.run([program] + self.seeds, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, env=env,
                                  preexec_fn=lambda: resource.setrlimit(
                                      resource.RLIMIT_CPU, (most, most))).returncode


class Flavour:
    """All programs, built with the same flags."""

    def __init__(self, where, flags, seeds):
        self.where, self.flags, self.seeds = os.path.abspath(where), flags, seeds
        must(["make", "-s", "-C", UNIT, "-j%d" % (os.cpu_count() or 1), "O=" + self.where,
              "CFLAGS=" + " ".join(flags), "objects"])
        self.programs = {room: self.programs_of(room) for room in ROOMS}

    def archive(self, directory):
        out = os.path.join(self.where, directory or "helpers") + ".a"
        objects = [os.path.join(self.where, directory, o)
                   for o in sorted(os.listdir(os.path.join(self.where, directory)))
                   if o.endswith(".o") and not o.startswith("test_")]
        if os.path.exists(out):
            os.unlink(out)
        must(["ar", "rcs", out] + objects)
        return out

    def programs_of(self, room):
        core, tests = ROOMS[room]
        archives = [self.archive(tests), self.archive(core)]
        directory = os.path.join(self.where, tests)
        programs = [Program(os.path.join(directory, o), archives, self.flags, self.seeds)
                    for o in sorted(os.listdir(directory))
                    if o.startswith("test_") and o.endswith(".o")]
        for program in programs:
            program.measure(self.where)
        return sorted(programs, key=lambda p: p.seconds)

    def compile(self, room, source, out):
        tests = ROOMS[room][1]
        paths = [os.path.join(TOP, room), UNIT, UNIT + "/include", TOP + "/include/compat",
                 TOP + "/include"]
        if tests:
            paths.append(TOP + "/drivers/xen/pciback/core")
        return not run(["gcc"] + self.flags + ["-I" + p for p in paths] +
                       ["-c", "-o", out, source]).returncode

    def killer(self, room, name, objects, where):
        """The test program that fails with these objects, or None."""
        stem = os.path.splitext(os.path.basename(name))[0]
        programs = [p for p in self.programs[room] if stem + ".o" in p.links]
        if not programs:
            raise SystemExit("no test program links " + name)
        programs.sort(key=lambda p: stem not in p.name)
        for program in programs:
            out = os.path.join(where, program.name)
            if program.link(out, objects).returncode or not program.passes(out):
                return program.name
        return None


class Judge:
    """Tries a changed file: quickly first, and what survives under the sanitizers."""

    def __init__(self, where, seed):
        self.where = os.path.abspath(where)
        seeds = kept_seeds() + [str(seed)]
        self.quick = Flavour(os.path.join(where, "quick"), PLAIN, seeds)
        self.careful = Flavour(os.path.join(where, "careful"), SANITIZED, seeds)
        self.unchanged = {}    # by file: its object code

    def object_code(self, room, name, text, where, flavour):
        source = os.path.join(where, os.path.basename(name))
        with open(source, "w") as out:
            out.write(text)
        out = os.path.join(where, "mutant.o")
        if not flavour.compile(room, source, out):
            return None, None
        with open(out, "rb") as got:
            return out, got.read()

    def try_text(self, name, before, after):
        """One of "none" (no C), "same", "survived", or the name of what failed."""
        room = os.path.dirname(name)
        with tempfile.TemporaryDirectory(dir=self.where) as where:
            if name not in self.unchanged:
                self.unchanged[name] = self.object_code(room, name, before, where,
                                                        self.quick)[1]
            out, code = self.object_code(room, name, after, where, self.quick)
            if code is None:
                return "none"
            if code == self.unchanged[name]:
                return "same"
            killer = self.quick.killer(room, name, [out], where)
            if killer:
                return killer
            out = self.object_code(room, name, after, where, self.careful)[0]
            return self.careful.killer(room, name, [out], where) or "survived"
