"""What queueing theory says of a queue with equal agents: Erlang B, C and A, and call after call."""

from collections.abc import Sequence
from heapq import heappop, heappush
from math import exp, sqrt
from random import Random
from statistics import fmean, stdev

RUNS, NINETY_NINE = 10, 3.2498


def erlang_b(load: float, agents: int) -> float:
    """The share of calls that find all agents busy where nobody waits. `load` in erlang."""
    blocked = 1.0
    for n in range(1, agents + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def erlang_c(load: float, agents: int) -> float:
    """The share of calls that wait. Needs load < agents."""
    blocked = erlang_b(load, agents)
    return agents * blocked / (agents - load * (1 - blocked))


def speed_of_answer(load: float, agents: int, handle: float) -> float:
    """Mean seconds until an agent answers."""
    return erlang_c(load, agents) * handle / (agents - load)


def answered_within(load: float, agents: int, handle: float, seconds: float) -> float:
    return 1 - erlang_c(load, agents) * exp(-(agents - load) * seconds / handle)


def erlang_a(load: float, agents: int, handle: float, patience: float) -> float:
    """The share of callers who give up, where patience is exponential: by the states of the queue."""
    weights, weight = [1.0], 1.0
    for n in range(1, agents + 2000):
        weight *= load / (n if n <= agents else agents + (n - agents) * handle / patience)
        weights.append(weight)
    total = sum(weights)
    waiting = sum((n - agents) * weight for n, weight in enumerate(weights) if n > agents) / total
    return waiting / patience / (load / handle)


def one_after_another(arrivals: Sequence[float], handles: Sequence[float], agents: int) -> list[float]:
    """The Kiefer-Wolfowitz recursion: each call takes the agent who is free first. Seconds each waits."""
    free = [0.0] * agents
    waits = []
    for at, handle in zip(arrivals, handles, strict=True):
        start = max(at, heappop(free))
        waits.append(start - at)
        heappush(free, start + handle)
    return waits


def poisson(chance: Random, every: float, n: int) -> list[float]:
    """The moments of n arrivals with these seconds between them on average."""
    moments, at = [], 0.0
    for _ in range(n):
        at += chance.expovariate(1 / every)
        moments.append(at)
    return moments


def interval(samples: Sequence[float]) -> tuple[float, float]:
    """Mean of ten independent runs, and the half width of its 99 % interval (Student, nine degrees)."""
    assert len(samples) == RUNS
    return fmean(samples), NINETY_NINE * stdev(samples) / sqrt(RUNS)
