"""The funnel, the ladder, and the lists they open."""

from console.models import Stage, Step
from console.queries import rollout, workspaces
from shared.clock import now
from tests.console.test_pages import address
from tests.support.cast import Cast, Client


def test_every_step_of_the_funnel_opens_as_many_workspaces_as_it_counts(cast: Cast, many) -> None:
    many(60)
    found = rollout.rollout(at=now())
    for stage in list(Stage)[1:]:
        rows = workspaces.narrowed(workspaces.workspaces(), {"stage": str(stage.value)})
        assert rows.count() == found.stages[stage], stage
    numbers = list(found.stages.values())
    assert numbers == sorted(numbers, reverse=True)


def test_every_rung_opens_as_many_workspaces_as_it_counts(cast: Cast, many) -> None:
    many(60)
    rungs = rollout.on_rungs(rollout.rollout(at=now()).steps)
    for step in Step:
        rows = workspaces.narrowed(workspaces.workspaces(), {"step": str(step.value)})
        assert rows.count() == rungs[step], step
    assert sum(rungs.values()) == 62


def test_the_list_is_searched_filtered_sorted_and_paged(console: Client, many) -> None:
    many(120)
    page = console.get(address("workspaces") + "?q=单位007").content.decode()
    assert "unit-007" in page
    assert "unit-008" not in page
    page = console.get(address("workspaces") + "?kind=university&region=110000").content.decode()
    assert "unit-001" in page
    assert "unit-002" not in page
    page = console.get(address("workspaces") + "?sort=-slug&page=1").content.decode()
    assert page.index("unit-119") < page.index("unit-118")
    assert "unit-000" not in page


def test_nonsense_in_the_query_string_is_not_an_error(console: Client, cast: Cast) -> None:
    for query in ("stage=x", "step=99", "state=x", "page=x", "sort=password", "wave=x", "region=%27"):
        assert console.get(address("workspaces") + f"?{query}").status_code == 200, query
    # A NUL is refused for every address alike, before any page reads it.
    assert console.get(address("workspaces") + "?q=%00").status_code == 400


def test_the_export_holds_every_page_of_the_narrowed_list(console: Client, many) -> None:
    many(120)
    sheet = console.get(address("workspaces-export") + "?q=单位&sort=slug&page=2").content.decode("utf-8-sig")
    assert sheet.count("unit-") == 120
