"""The bounded map under the host cache."""

from hypothesis import given
from hypothesis import strategies as st

from tenants.recent import Recent

ROWS = 8
keys = st.integers(0, 30)
steps = st.lists(st.tuples(st.sampled_from(["get", "put", "drop", "clear"]), keys), max_size=200)


@given(steps)
def test_it_holds_no_more_than_it_may_and_never_a_wrong_value(taken: list[tuple[str, int]]) -> None:
    recent: Recent[int, str] = Recent(ROWS)
    present: dict[int, str] = {}
    for number, (verb, key) in enumerate(taken):
        if verb == "put":
            present[key] = f"{key}/{number}"
            recent.put(key, present[key])
        elif verb == "drop":
            present.pop(key, None)
            recent.drop(key)
        elif verb == "clear":
            present.clear()
            recent.clear()
        found = recent.get(key)
        assert found is None or found == present[key]
        if verb == "put":
            assert found == present[key]
        assert len(recent) <= ROWS


def test_what_is_in_use_outlives_a_flood() -> None:
    """In use: asked for again before half of the rows are new."""
    recent: Recent[str, int] = Recent(100)
    for number in range(10):
        recent.put(f"ours-{number}", number)
    for number in range(10_000):
        recent.put(f"flood-{number}", number)
        assert recent.get(f"ours-{number % 10}") == number % 10
    assert len(recent) <= 100
