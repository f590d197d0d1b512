"""A part of the text index as one SQLite file: sqlite.org/fts5.html. FTS5 keeps which rows hold a mark, and
neither the marks of a row nor their order (contentless, no detail); beside it stand the rows' lines.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice

from shared.domain.errors import TryAgain
from shared.domain.timeline.searched import Found, Indexed

LAYOUT = """
pragma page_size=1024; -- each table begins a page, and a day of little has little in each
create table whose (k integer primary key, timeline text);
create table line (n integer primary key, whose integer, seq integer);
create virtual table mark using fts5(marks, content='', detail=none, columnsize=0, tokenize='ascii');
"""
FOUND = """
select l.n, w.timeline, l.seq
from (select rowid as n from mark where mark match ? and rowid < ? order by rowid desc limit ?) as hit
join line as l on l.n = hit.n join whose as w on w.k = l.whose order by l.n desc
"""
ALL = "select l.n, w.timeline, l.seq from line as l join whose as w on w.k = l.whose order by l.n"
AT_ONCE = 10_000  # lines of one transaction
NO_END = 2**62


def added(body: bytes, lines: Iterable[Indexed]) -> bytes:
    """The file with these lines behind its own; each line once. An empty body is a file without lines."""
    with closing(_opened(body)) as file:
        _add(file, list(lines))
        _pack(file)
        return file.serialize()


def written(lines: Iterable[Indexed]) -> bytes:
    """A file of these lines, as small as it gets; empty where there are none."""
    with closing(_opened(b"")) as file:
        rest = iter(lines)
        while some := list(islice(rest, AT_ONCE)):
            _add(file, some)
        _pack(file)
        nothing = file.execute("select 1 from line limit 1").fetchone() is None
        return b"" if nothing else file.serialize()


def _pack(file: sqlite3.Connection) -> None:
    """As small as it gets: a mark stands once and not once for each time that lines were added. Of 400,000
    lines this takes half a second of CPU, of a day's a few milliseconds.
    """
    with file:
        file.execute("insert into mark(mark) values ('optimize')")
    file.execute("vacuum")


def found(path: str, marks: Sequence[str], before: int, limit: int) -> tuple[Found, ...]:
    """Lines of the file at a path with all of these marks, latest first."""
    wanted = " ".join(f'"{mark}"' for mark in marks)
    with closing(_at(path)) as file:
        return tuple(Found(*row) for row in file.execute(FOUND, (wanted, before or NO_END, limit)))


def lines(path: str) -> Iterator[Found]:
    """All lines of the file at a path, in the order they were added."""
    with closing(_at(path)) as file:
        yield from (Found(*row) for row in file.execute(ALL))


def _opened(body: bytes) -> sqlite3.Connection:
    file = sqlite3.connect(":memory:")
    if body:
        file.deserialize(body)
        return file
    try:
        file.executescript(LAYOUT)
    except sqlite3.OperationalError as error:
        raise TryAgain(
            f"SQLite {sqlite3.sqlite_version} lacks FTS5: use one that has it ({error})"
        ) from error
    return file


def _at(path: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)


def _add(file: sqlite3.Connection, lines: Sequence[Indexed]) -> None:
    """What is there already is found by one scan: an index over it would be a fifth of the file."""
    new = {(line.timeline, line.seq): line for line in lines}
    timelines = {line.timeline for line in lines}
    known = {name: k for k, name in file.execute("select k, timeline from whose") if name in timelines}
    for _, timeline, seq in file.execute(ALL):
        new.pop((timeline, seq), None)
    with file:
        for line in new.values():
            k = known.get(line.timeline) or _id(file, "insert into whose(timeline) values (?)", line.timeline)
            known[line.timeline] = k
            n = _id(file, "insert into line(whose, seq) values (?, ?)", k, line.seq)
            file.execute("insert into mark(rowid, marks) values (?, ?)", (n, " ".join(line.marks)))


def _id(file: sqlite3.Connection, insert: str, *values: object) -> int:
    return file.execute(insert, values).lastrowid or 0
