"""Who may import whom: functions → edge, adapters, use cases → ports, domain → the standard library."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.tree import OURS, Module, modules, standard, within

INNER = ("shared.domain", "shared.ports")

# A place and what of ours it may import; the longest fitting place counts.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "functions/": ("functions", "shared"),
    "shared/": (),
    "shared/edge/": ("shared",),
    "shared/adapters/": ("shared.adapters", "shared.adapters.codec", *INNER),
    "shared/use_cases/": ("shared.use_cases", *INNER),
    "shared/providers/": ("shared.providers", "shared.domain"),
    "shared/ports.py": ("shared.domain",),
    "shared/domain/": ("shared.domain",),
    "infra/": ("infra", "functions", "shared"),
    "tests/": ("tests", "infra", "functions", "shared"),
}
CHANNEL_PARTS = ("inbound.py", "outbound.py")
CHANNEL_MAY_IMPORT = ("shared.domain", "shared.providers")

# A package from elsewhere and the only places that may use it.
AT_HOME: dict[str, tuple[str, ...]] = {
    "msgspec": ("shared/adapters/codec.py",),
    "botocore": ("shared/adapters/",),
    "boto3": (),  # botocore does the same for a sixth less cold start
    "pynamodb": ("shared/adapters/",),
    "urllib3": ("shared/adapters/",),
    "nh3": ("functions/channels/email/",),
    "selectolax": ("functions/channels/email/",),
    "charset_normalizer": ("functions/channels/email/",),
    "icalendar": ("functions/channels/email/",),
    "duckdb": ("shared/adapters/", "functions/report_exporter/"),
    "aws_lambda_powertools": ("shared/edge/", "functions/"),
    "chalice": ("functions/", "shared/edge/staff.py"),
    "filetype": ("shared/adapters/",),
    "phonenumbers": ("shared/domain/",),
    "holidays": ("shared/domain/",),
}

# The wings of shared/domain from left to right: each may import those to its left, never one to its right.
# What lies in no wing (errors, times, the settings …), the sockets and the words are the ground of all.
GROUND = ("session", "words")
WINGS = ("address", "customer", "timeline", "channel", "routing", "identity", "flow", "case", "call", "desk")
LEFT_OF: dict[str, tuple[str, ...]] = {
    **{wing: (*GROUND, *WINGS[:place]) for place, wing in enumerate(WINGS)},
    "report": (*GROUND, "address", "customer", "timeline", "channel", "routing"),  # it reads what happened
    # it says what a version holds, checks and compares it
    "settings": (*GROUND, "address", "customer", "timeline", "channel", "routing", "flow"),
    **dict.fromkeys(GROUND, ()),
}

# The first word of every key of the table: a text that starts one is a key built outside table.py.
KEY = re.compile(
    r"^(CUST|ADDR|ENTRY|CASE|LINK|RCPT|SENT|LEDGER|POOL|WAIT|FREE|SEEN|STAFF|SOCKET|LIVE|WATCH|TICKET|RATE|DUE|STAT|FOLDED)#"
)
MAKES_KEYS = ("shared/adapters/table.py",)

SHIPPED = [module for module in modules() if module.path.startswith(("functions/", "shared/"))]


def _place(path: str) -> str:
    return max((place for place in MAY_IMPORT if path.startswith(place)), key=len)


def _allowed(path: str) -> tuple[str, ...]:
    """A channel's two parts know the domain, and what is written for them in their own folder."""
    if path.startswith("functions/channels/") and path.endswith(CHANNEL_PARTS):
        return (*CHANNEL_MAY_IMPORT, Path(path).parent.as_posix().replace("/", "."))
    return MAY_IMPORT[_place(path)]


def _ours(module: Module) -> Iterator[str]:
    yield from (name for name in module.imports() if name.partition(".")[0] in OURS)


def _foreign(module: Module) -> Iterator[str]:
    """What a module imports that is neither ours nor Python's."""
    yield from (n for n in module.imports() if n.partition(".")[0] not in OURS and not standard(n))


def _homes(name: str) -> tuple[str, ...]:
    return AT_HOME.get(name.partition(".")[0], ())


def _offenders(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {path: names for path, names in found.items() if names}


def test_a_module_imports_only_from_its_own_layer_and_inwards() -> None:
    outside = {
        module.path: [name for name in _ours(module) if not within(name, _allowed(module.path))]
        for module in modules()
    }

    assert _offenders(outside) == {}


def test_a_wing_of_the_domain_imports_only_the_wings_to_its_left() -> None:
    found = {
        module.path: [name for name in _wings(module) if name not in (own, *LEFT_OF[own])]
        for module in SHIPPED
        if (own := _wing(module.path)) in LEFT_OF
    }

    assert _offenders(found) == {}


def test_the_ground_of_the_domain_imports_no_wing() -> None:
    ground = [m for m in SHIPPED if re.fullmatch(r"shared/domain/\w+\.py", m.path)]

    assert ground and _offenders({module.path: list(_wings(module)) for module in ground}) == {}


def test_use_cases_and_unit_tests_have_the_wings_of_the_domain() -> None:
    theirs = {
        m.path.split("/")[2] for m in modules() if re.fullmatch(r"shared/use_cases/\w+/\w+\.py", m.path)
    }
    wings = {m.path.split("/")[2] for m in SHIPPED if re.fullmatch(r"shared/domain/\w+/\w+\.py", m.path)}

    assert wings == {*LEFT_OF}
    assert theirs <= wings


def _wing(path: str) -> str:
    return path.split("/")[2] if re.fullmatch(r"shared/domain/\w+/\w+\.py", path) else ""


def _wings(module: Module) -> Iterator[str]:
    """The wings of the domain from which a module imports."""
    for name in module.imports():
        found = re.match(r"shared\.domain\.(\w+)\.", name)
        if found:
            yield found[1]


def test_a_package_from_elsewhere_is_used_where_it_is_at_home() -> None:
    astray = {
        module.path: [name for name in _foreign(module) if not module.path.startswith(_homes(name))]
        for module in SHIPPED
    }

    assert _offenders(astray) == {}


def test_use_cases_and_domain_know_no_network_and_no_environment() -> None:
    outside = ("os", "socket", "http", "urllib.request", "subprocess", "threading")
    inner = [m for m in SHIPPED if m.path.startswith(("shared/domain/", "shared/use_cases/"))]

    touched = {module.path: [n for n in module.imports() if within(n, outside)] for module in inner}

    assert _offenders(touched) == {}


def test_the_domain_asks_neither_the_clock_nor_chance() -> None:
    asks = ("time", "random", "secrets", "uuid")
    domain = [module for module in SHIPPED if module.path.startswith("shared/domain/")]

    touched = {module.path: [n for n in module.imports() if within(n, asks)] for module in domain}

    assert _offenders(touched) == {}


def test_keys_of_the_table_are_built_in_one_file() -> None:
    elsewhere = {
        module.path: [text for text in module.texts() if KEY.match(text)]
        for module in SHIPPED
        if module.path not in MAKES_KEYS
    }

    assert _offenders(elsewhere) == {}
