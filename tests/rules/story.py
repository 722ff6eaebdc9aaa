"""A development case that keeps every rule of 2026, for the tests of the plan."""

from datetime import date

from rules.cases import Done


def done(step: str, on: date | None, **details) -> Done:
    return Done(step=step, on=on, **details)


# A case that keeps every rule of 2026, step by step.
STORY = (
    done("apply", date(2026, 6, 1)),
    done("talk", date(2026, 6, 20)),
    done("recommend", date(2026, 7, 10)),
    done("file_activist", date(2026, 7, 20)),
    done("contacts", date(2026, 7, 20), people=2),
    done("examine", date(2027, 1, 5)),
    done("examine", date(2027, 7, 5)),
    done("public_notice", date(2027, 7, 8)),
    done("decide_object", date(2027, 7, 20)),
    done("file_object", date(2027, 7, 25)),
    done("introducers", date(2027, 7, 26), people=2),
    done("political_review", date(2027, 8, 10)),
    done("training", date(2027, 8, 20), days=3),
    done("committee_review", date(2027, 9, 1)),
    done("prereview", date(2027, 9, 20)),
    done("application_form", date(2027, 9, 25)),
    done("general_meeting", date(2027, 10, 10)),
    done("talk_above", date(2027, 11, 1)),
    done("approval", date(2027, 12, 1)),
    done("file_approval", date(2027, 12, 10)),
    done("join_group", date(2027, 12, 5)),
    done("oath", date(2027, 12, 20)),
    done("apply_conversion", date(2028, 10, 1)),
    done("conversion_meeting", date(2028, 10, 12)),
    done("conversion_approval", date(2028, 11, 30)),
    done("archive", date(2028, 12, 15)),
)


def until(step: str) -> list[Done]:
    """The story up to and including a step."""
    place = max(place for place, event in enumerate(STORY) if event.step == step)
    return list(STORY[: place + 1])
