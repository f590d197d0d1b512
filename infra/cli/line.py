"""A line of the doctor's report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """`wrong` is a finding, which somebody has to see to; everything else is a fact."""

    text: str
    wrong: bool = False
