"""`python -m infra.opinions`: every tool's opinion, what it can see, and what it cannot. Findings exit 1."""

import logging
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from infra.opinions import accepted, checkov, lint, policies, transform
from infra.opinions.finding import Accepted, Finding, idle, left
from infra.opinions.tools import NoOpinion


@dataclass(frozen=True, slots=True)
class Opinion:
    name: str
    sees: str
    misses: str
    look: Callable[[Path], list[Finding]]
    accepted: Sequence[Accepted]


OPINIONS = (
    Opinion(
        "cfn-lint",
        f"spelling and types of every property by AWS's own schemas, in {', '.join(lint.REGIONS)}",
        "what a service refuses when asked: names taken, limits of an account, values that clash",
        lambda _: lint.look(),
        accepted.LINT,
    ),
    Opinion(
        "SAM transform",
        "what AWS makes of the short forms, and the schemas again for every resource that it adds",
        "the order in which CloudFormation makes them; a stack is transformed without its parent",
        transform.look,
        (*accepted.LINT, *accepted.TRANSFORM),
    ),
    Opinion(
        "checkov",
        "known weaknesses: open buckets, missing encryption, missing logs",
        "whether our code makes them worse; what stands in functions (!If, !Sub) it mostly takes as given",
        lambda _: checkov.look(),
        accepted.CHECKOV,
    ),
    Opinion(
        "parliament",
        "policies of functions, queues, buckets: do actions exist, do resources and conditions fit",
        "whether the code needs more (the embedded AWS checks that); how LeadingKeys hold in transactions",
        policies.look,
        accepted.PARLIAMENT,
    ),
)


def main() -> int:
    logging.disable(logging.WARNING)  # the transform's words about itself
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(2) as pool:
        folders = {one.name: Path(scratch) / one.name.replace(" ", "-") for one in OPINIONS}
        for folder in folders.values():
            folder.mkdir()
        said = list(pool.map(lambda one: told(one, folders[one.name]), OPINIONS))
    for lines, _ in said:
        sys.stdout.write("\n".join(lines) + "\n")
    return 0 if all(good for _, good in said) else 1


def told(opinion: Opinion, folder: Path) -> tuple[list[str], bool]:
    """The lines on one tool, and whether it is content."""
    head = [f"{opinion.name}", f"  sees: {opinion.sees}", f"  cannot see: {opinion.misses}"]
    try:
        found = opinion.look(folder)
    except NoOpinion as why:
        return [*head, f"  ✗ {why}"], False
    open_ = [f"  ✗ {one}" for one in left(found, opinion.accepted)]
    needless = [
        f"  ✗ accepted, but not found any more: {one.check} {one.where}"
        for one in idle(found, opinion.accepted)
    ]
    known = len(found) - len(open_)
    return [*head, *open_, *needless, f"  {len(open_)} findings, {known} accepted with a reason"], not (
        open_ or needless
    )


if __name__ == "__main__":
    sys.exit(main())
