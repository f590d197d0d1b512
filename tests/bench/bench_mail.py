"""CPU and memory of reading mails: 1,000 made of the samples, the worst lines there are, and one of 25 MB."""

import subprocess
import sys
import time
from base64 import encodebytes
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from statistics import median

from functions.channels.email.mail import Mail, masked, read
from functions.channels.email.quotes import fold
from tests.bench.measure import LIMITS, tell

ROOT = Path(__file__).parents[2]
SAMPLES = [path.read_bytes() for path in sorted((ROOT / "events/email").glob("*.eml"))]
MAILS = 1_000
MOST_TYPICAL, MOST_EVER = 30, 500  # milliseconds of CPU
MOST_MEMORY = 256  # MB
MOST_IMPORT, ROUNDS = 1.6, 5  # of what boto3 takes
LINE = 16 * 1024
LINES = (
    ">",
    " ",
    "\t",
    "-",
    "_-= ",
    "<",
    "x",
    "On ",
    "On 1 a@b wrote:",
    "보낸 사람: ",
    "From: ",
    "원본 메일",
)
HTML = ("<div>", "&", "<", "<p a=1 b=2>", "<table><tr><td>", "<b><p>", "<blockquote>x")

OURS = "from functions.channels.email import app; app.prepare()"
BOTO3 = "import boto3"
CPU = "; import time; print(time.process_time())"

# Reads a mail of 25 MB in a process of its own and says how much memory it had at most.
LARGE = """
import resource
from base64 import encodebytes
from functions.channels.email.mail import read
head = b"From: ana@example.test\\r\\nContent-Type: multipart/mixed; boundary=b\\r\\n\\r\\n"
file = b"--b\\r\\nContent-Type: application/pdf\\r\\nContent-Transfer-Encoding: base64\\r\\n\\r\\n"
data = encodebytes(bytes(18 * 1024 * 1024)).replace(b"\\n", b"\\r\\n")
raw = head + b"--b\\r\\n\\r\\nHi\\r\\n" + file + data + b"--b--\\r\\n"
del data
assert len(raw) > 25_000_000
mail = read(raw)
assert mail.text == "Hi" and len(mail.files[0].data) == 18 * 1024 * 1024
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def milliseconds(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return 1000 * (time.process_time() - started)


def whole(raw: bytes) -> Mail:
    return masked(read(raw))


def generated(chance: Random) -> bytes:
    """A sample with up to 300 lines more in it, and sometimes a file."""
    head, blank, body = chance.choice(SAMPLES).partition(b"\r\n\r\n")
    more = b"".join(b"> Line %d of what was said.\r\n" % n for n in range(chance.randrange(300)))
    file = encodebytes(chance.randbytes(chance.choice((0, 0, 0, 50_000, 200_000)))).replace(b"\n", b"\r\n")
    return head + blank + body + chance.choice((more, file, more + file))


def bench_a_thousand_mails() -> None:
    chance = Random(8)
    mails = [generated(chance) for _ in range(MAILS)]

    taken = [milliseconds(partial(whole, raw)) for raw in mails]

    told = f"median {median(taken):.1f} ms (limit {MOST_TYPICAL}), most {max(taken):.0f} (limit {MOST_EVER})"
    tell("mail", f"1,000 mails: {told}")
    assert median(taken) <= MOST_TYPICAL * LIMITS and max(taken) <= MOST_EVER * LIMITS


def bench_the_worst_lines() -> None:
    lines = {piece: (piece * LINE)[:LINE] for piece in LINES}

    taken = {
        piece: milliseconds(partial(fold, "\n".join((text, *[text[:300]] * 1_000))))
        for piece, text in lines.items()
    }

    worst = max(taken, key=lambda piece: taken[piece])
    tell("mail_lines", f"folding a line of 16 KB and 1,000 of 300: at most {taken[worst]:.0f} ms ({worst!r})")
    assert taken[worst] <= MOST_EVER * LIMITS


def bench_the_worst_html() -> None:
    head = b"From: ana@example.test\r\nContent-Type: text/html\r\n\r\n"
    mails = {piece: head + (piece * 60_000)[:60_000].encode() for piece in HTML}

    taken = {piece: milliseconds(partial(read, raw)) for piece, raw in mails.items()}

    worst = max(taken, key=lambda piece: taken[piece])
    tell("mail_html", f"60 KB of one tag: at most {taken[worst]:.0f} ms ({worst!r})")
    assert taken[worst] <= 3 * MOST_EVER * LIMITS


def bench_a_mail_of_25_mb() -> None:
    done = subprocess.run([sys.executable, "-c", LARGE], cwd=ROOT, capture_output=True, text=True, check=True)

    most = int(done.stdout)
    tell("mail_memory", f"a mail of 25 MB: {most} MB of memory (limit {MOST_MEMORY})")
    assert most <= MOST_MEMORY


def bench_the_import_of_the_door_for_mails() -> None:
    pairs = [(imported(OURS), imported(BOTO3)) for _ in range(ROUNDS + 1)][1:]  # the first one compiles

    ratio = median(ours / theirs for ours, theirs in pairs)
    tell("mail_import", f"import of the door for mails against boto3's: {ratio:.2f} (limit {MOST_IMPORT})")
    assert ratio <= MOST_IMPORT * LIMITS


def imported(program: str) -> float:
    """Seconds of CPU."""
    done = subprocess.run(
        [sys.executable, "-c", program + CPU], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout)
