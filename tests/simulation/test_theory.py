"""Equal agents: the matching serves as queueing theory says that first come, first served does."""

from random import Random
from statistics import fmean

from infra.simulation.plan import Coming, Habits, Lived
from tests.simulation.size import size, tell
from tests.support.queueing import RUNS, erlang_a, interval, one_after_another, speed_of_answer
from tests.support.simulated import calls, centre_of, lived, names

HANDLE, EVERY = 180.0, 18.0  # ten erlang


def alike(n: int, contacts: list[Coming], habits: Habits | None = None, seed: int = 1) -> list[Lived]:
    return lived(centre_of(dict.fromkeys(names(n), ())), names(n), contacts, habits, seed=seed).lived


def test_every_wait_is_that_of_first_come_first_served() -> None:
    contacts = calls(Random("one after another"), size(3_000, 50_000), EVERY, HANDLE)

    waits = {one.coming.id: one.waited for one in alike(14, contacts)}

    due = one_after_another([one.at for one in contacts], [one.handle for one in contacts], 14)
    differ = sum(waits[one.id] != wait for one, wait in zip(contacts, due, strict=True))
    tell("waits that differ from Kiefer-Wolfowitz", f"{differ} of {len(contacts):,}", "0")
    assert differ == 0
    assert max(due) > 0


def test_the_speed_of_answer_of_fourteen_agents_is_erlang_cs() -> None:
    runs = [calls(Random(f"erlang c {n}"), size(1_000, 12_000), EVERY, HANDLE) for n in range(RUNS)]

    mean, half = interval([fmean(one.waited for one in alike(14, run)) for run in runs])

    due = speed_of_answer(10, 14, HANDLE)
    tell("ASA of M/M/14, s", f"{mean:.2f} ± {half:.2f}", f"Erlang C {due:.2f}")
    assert abs(mean - due) <= half


def test_the_abandonment_of_ten_agents_and_impatient_callers_is_erlang_as() -> None:
    runs = [calls(Random(f"erlang a {n}"), size(1_000, 12_000), EVERY, HANDLE, 60) for n in range(RUNS)]

    mean, half = interval([fmean(not one.answered for one in alike(10, run)) for run in runs])

    due = erlang_a(10, 10, HANDLE, 60)
    tell("abandonment of M/M/10+M, %", f"{mean * 100:.2f} ± {half * 100:.2f}", f"Erlang A {due * 100:.2f}")
    assert abs(mean - due) <= half


def test_ringing_and_declines_take_the_time_that_theory_gives_them() -> None:
    """Each offer rings up to 20 s, ten on average, and one in five is declined. To Erlang C each offer is a
    call, 1.25 for each contact, and one in five of them ends with its ringing.
    """
    habits, offers = Habits(lambda chance: chance.uniform(0, 20), declined=0.2), 1 / 0.8
    runs = [calls(Random(f"ringing {n}"), size(1_000, 12_000), EVERY, HANDLE) for n in range(RUNS)]

    mean, half = interval(
        [fmean(one.waited for one in alike(14, run, habits, n)) for n, run in enumerate(runs)]
    )

    each = 10 + HANDLE / offers
    due = offers * (speed_of_answer(offers * each / EVERY, 14, each) + 10)
    tell("to acceptance with ringing and declines, s", f"{mean:.1f} ± {half:.1f}", f"Erlang C {due:.1f}")
    assert abs(mean - due) <= half + 0.1 * due


def test_two_skills_for_each_agent_are_nearly_as_good_as_all() -> None:
    skills, agents = [f"skill-{n}" for n in range(6)], names(90)
    chain = {id: (skills[n % 6], skills[(n + 1) % 6]) for n, id in enumerate(agents)}
    two, pooled = 0.0, 0.0
    for n in range(size(1, 4)):  # such a busy centre remembers long: one draw tells little
        draws = calls(Random(f"chain {n or ''}".strip()), size(3_000, 50_000), 600 / 84, 600, needs=skills)
        two += fmean(one.waited for one in lived(centre_of(chain), agents, draws).lived)
        all_skills = centre_of(dict.fromkeys(agents, skills))
        pooled += fmean(one.waited for one in lived(all_skills, agents, draws).lived)

    tell("a chain of two skills against all skills, mean wait", f"{two / pooled:.2f}", "1 to 1.5")
    assert 1 <= two / pooled <= 1.5
