"""The code as the functions of the local run get it."""

import io
import zipfile
from pathlib import Path

from infra.local.code_zip import code_zip


def test_functions_and_shared_lie_at_the_root_and_nothing_else(tmp_path: Path) -> None:
    for name in ("functions/a/app.py", "functions/a_api/web/a.js", "shared/b.py", "infra/c.py", "tests/d.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")

    _, body = code_zip(tmp_path)

    assert zipfile.ZipFile(io.BytesIO(body)).namelist() == ["functions/a/app.py", "shared/b.py"]


def test_the_same_code_has_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "b.py").write_text("1")
    first = code_zip(tmp_path)
    (tmp_path / "shared" / "b.py").touch()

    assert code_zip(tmp_path) == first
    (tmp_path / "shared" / "b.py").write_text("2")
    assert code_zip(tmp_path)[0] != first[0]
