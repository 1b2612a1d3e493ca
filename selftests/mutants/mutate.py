# SPDX-License-Identifier: GPL-2.0
"""mutate - each small change that somebody could make to a C file by mistake"""

import collections
import re

# Of the file from start to end, to be replaced by text; change says it in words.
Mutant = collections.namedtuple("Mutant", "file line start end text change source")

TOKEN = re.compile(r"""
    (?P<comment>/\*.*?\*/|//[^\n]*)
  | (?P<directive>^[ \t]*\#[ \t]*(?!define)[a-z]+(?:\\\n|[^\n])*)
  | (?P<string>"(?:\\.|[^"\\])*")
  | (?P<number>0[xX][0-9a-fA-F]+[uUlL]*|\d+[uUlL]*|'(?:\\.|[^'\\])')
  | (?P<name>[A-Za-z_]\w*)
  | (?P<operator><<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|\#\#|[^\s\w])
""", re.X | re.S | re.M)

OTHERS = {
    "<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"),
    "==": ("!=",), "!=": ("==",), "&&": ("||",), "||": ("&&",),
    "<<": (">>",), ">>": ("<<",), "+=": ("-=",), "-=": ("+=",), "|=": ("&=",),
    "&=": ("|=",), "++": ("--",), "--": ("++",),
}
BINARY = {"+": "-", "-": "+", "&": "|", "|": "&", "^": "&"}
CONSTANT = re.compile(r"[A-Z][A-Z0-9_]+$")


class Token:
    def __init__(self, match):
        self.kind, self.text = match.lastgroup, match.group()
        self.start, self.end = match.span()


def tokens_of(source):
    found = (Token(match) for match in TOKEN.finditer(source))
    return [t for t in found if t.kind not in ("comment", "directive")]


def closing(tokens, at):
    """The index of what closes the parenthesis at @at."""
    depth = 0
    for i in range(at, len(tokens)):
        depth += tokens[i].text in "([{" and tokens[i].kind == "operator"
        depth -= tokens[i].text in ")]}" and tokens[i].kind == "operator"
        if not depth:
            return i
    return None


def until(tokens, at, ends):
    """The index of the first of @ends, or of a closing one, on this level."""
    while at < len(tokens):
        if tokens[at].text in ends or tokens[at].text in (")", "]", "}"):
            return at
        if tokens[at].text in ("(", "[", "{"):
            at = closing(tokens, at)
            if at is None:
                return None
        at += 1
    return None


class Mutator:
    def __init__(self, name, source):
        self.name, self.source = name, source
        self.tokens = tokens_of(source)
        self.found = []
        self.seen = collections.Counter()

    def add(self, start, end, text, what=None):
        """One more; the same change of the same line's text has a number."""
        line = self.source.count("\n", 0, start) + 1
        shown = self.source.splitlines()[line - 1].strip()
        change = what or "%s -> %s" % (self.source[start:end], text)
        change = " ".join(change.split())
        self.seen[(line, change)] += 1
        if self.seen[(line, change)] > 1:
            change += " #%d" % self.seen[(line, change)]
        self.found.append(Mutant(self.name, line, start, end, text, change, shown))

    def token(self, i):
        return self.tokens[i] if 0 <= i < len(self.tokens) else None

    def text(self, i):
        token = self.token(i)
        return token.text if token else ""

    def is_operand(self, i):
        token = self.token(i)
        return token is not None and (token.kind in ("number", "name") and
                                      token.text != "return" or token.text in (")", "]"))

    def operator(self, i):
        token = self.tokens[i]
        for other in OTHERS.get(token.text, ()):
            self.add(token.start, token.end, other)
        if token.text in BINARY and self.is_operand(i - 1):
            self.add(token.start, token.end, BINARY[token.text])
        if token.text in ("!", "~"):
            self.add(token.start, token.end, "", "drop " + token.text)
        if token.text == "?":
            self.choice(i)

    def choice(self, i):
        colon = until(self.tokens, i + 1, (":",))
        end = colon and until(self.tokens, colon + 1, (";", ",", ":"))
        if not end or self.text(colon) != ":":
            return
        first = self.source[self.tokens[i + 1].start:self.tokens[colon - 1].end]
        second = self.source[self.tokens[colon + 1].start:self.tokens[end - 1].end]
        self.add(self.tokens[i + 1].start, self.tokens[end - 1].end,
                 "(%s) : (%s)" % (second, first), "?: swapped")

    def number(self, i):
        token = self.tokens[i]
        self.add(token.start, token.end, "(%s + 1)" % token.text)
        if token.text != "0":
            self.add(token.start, token.end, "(%s - 1)" % token.text)

    def name_of(self, i):
        token = self.tokens[i]
        if token.text in ("true", "false"):
            self.add(token.start, token.end, "false" if token.text == "true" else "true")
        if token.text in ("if", "while") and self.text(i + 1) == "(":
            end = self.tokens[closing(self.tokens, i + 1)]
            start = self.tokens[i + 1].start
            self.add(start, end.end, "(!%s)" % self.source[start:end.end],
                     "negate " + self.source[start:end.end])
        if CONSTANT.match(token.text) and self.text(i + 1) != "(" and \
           self.text(i - 1) != "define":
            self.add(token.start, token.end, "(%s + 1)" % token.text)
            if self.text(i - 1) == "-" and token.text[0] == "E" and \
               not self.is_operand(i - 2):
                self.add(self.tokens[i - 1].start, token.end, "0")
        if token.text == "return" and self.text(i + 1) == "0" and self.text(i + 2) == ";":
            self.add(self.tokens[i + 1].start, self.tokens[i + 1].end, "-22")

    def statement(self, i):
        """Drops what begins here, if it is an expression's, or a guarded return."""
        before = self.text(i - 1)
        if before not in (";", "{", "}", ")", ":", "else"):
            return
        token = self.tokens[i]
        end = until(self.tokens, i, (";",))
        if end is None or self.text(end) != ";":
            return
        guarded = token.text == "return" and before in (")", "else")
        words = token.kind == "name" and self.token(i + 1).kind == "name"
        plain = token.text not in ("if", "for", "while", "switch", "return", "do", "else",
                                   "case", "default", "break", "continue", "goto", "static",
                                   "const", "struct", "enum", "extern", "u8", "u16", "u32",
                                   "u64", "int", "size_t", "bool", "char", "unsigned") and \
            not words and (token.kind == "name" or token.text in ("*", "++", "--"))
        what = self.source[token.start:self.tokens[end].end]
        if "{" in what or before == ")" and self.text(i + 1) in (",", ")"):
            return
        if guarded or plain or token.text in ("break", "continue"):
            self.add(token.start, self.tokens[end].end, ";", "drop " + what)

    def all(self):
        for i, token in enumerate(self.tokens):
            if token.kind == "operator":
                self.operator(i)
            elif token.kind == "number":
                self.number(i)
            elif token.kind == "name":
                self.name_of(i)
            self.statement(i)
        return self.found


def mutants_of(name, source):
    return Mutator(name, source).all()
