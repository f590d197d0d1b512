"""Static files: their addresses carry a hash of all of them."""

from pathlib import Path

from infra.web import web_files, web_folders


def a_folder(place: Path, **files: str) -> dict[str, Path]:
    for name, text in files.items():
        (place / name.replace("_", ".")).write_text(text)
    return {"desk": place}


def test_a_page_keeps_its_address_and_points_to_hashed_ones(tmp_path: Path) -> None:
    folders = a_folder(tmp_path, desk_html='<script src="/assets/desk/a.js">', a_js="1")

    files = web_files(folders)

    (asset,) = (key for key in files if key.startswith("assets/"))
    assert files["desk.html"].body.decode() == f'<script src="/{asset}">'


def test_modules_find_each_other_by_relative_and_by_absolute_names(tmp_path: Path) -> None:
    folders = a_folder(tmp_path, a_js='import "./b.js"; import "/assets/desk/b.js"', b_js="")

    files = web_files(folders)

    release = next(key for key in files if key.endswith("/b.js")).removesuffix("/desk/b.js")
    body = files[f"{release}/desk/a.js"].body.decode()
    assert body == f'import "./b.js"; import "/{release}/desk/b.js"'


def test_any_change_gives_every_file_a_new_address(tmp_path: Path) -> None:
    before = set(web_files(a_folder(tmp_path, a_js="1", b_js="1")))

    after = set(web_files(a_folder(tmp_path, b_js="2")))

    assert not before & after


def test_the_widget_has_one_address_for_ever(tmp_path: Path) -> None:
    files = web_files(a_folder(tmp_path, widget_js="1"))

    assert files["widget.js"].policy == "WidgetHeaders"
    assert files["widget.js"].content_type == "text/javascript; charset=utf-8"


def test_every_hashed_file_that_ours_refer_to_exists() -> None:
    files = web_files(web_folders())

    for file in files.values():
        text = file.body.decode(errors="ignore")
        for quote in "\"'":
            for part in text.split(f"{quote}/assets/")[1:]:
                assert f"assets/{part.split(quote)[0]}" in files, (
                    f"{file.key} → /assets/{part.split(quote)[0]}"
                )
