"""The type of a file by its content: what is declared may be wrong, or a lie."""


def type_of(body: bytes) -> str:
    """The MIME type, "" for what is not known. Markup (SVG, HTML) and plain text are never known.

    filetype is imported late: only who has a file pays for it.
    """
    import filetype

    found = filetype.guess(body[:8192])
    return str(found.mime) if found else ""
