"""The code as the functions get it: functions/ and shared/ in one zip, at the root of the archive."""

import hashlib
import io
import zipfile
from pathlib import Path

PARTS = ("functions", "shared")
EPOCH = (1980, 1, 1, 0, 0, 0)


def code_zip(root: Path) -> tuple[str, bytes]:
    """A name made of the content, and the archive; the same code gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(_files(root)):
            entry = zipfile.ZipInfo(path.relative_to(root).as_posix(), EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    body = buffer.getvalue()
    return f"{hashlib.sha256(body).hexdigest()[:20]}.zip", body


def _files(root: Path) -> list[Path]:
    """Code and its data files; pages are served by the front door, not by functions."""
    found = [path for part in PARTS for path in (root / part).rglob("*") if path.is_file()]
    return [path for path in found if path.suffix != ".pyc" and "web" not in path.parts]
