"""A roster to import: n invented people in all 26 official columns."""

from datetime import date

from shared.synthetic.people import people
from workspace.members.importing import export_workbook


def roster(count: int, *, units: list[str], on: date) -> bytes:
    """An .xlsx file with one header row and `count` rows, spread over the named branches."""
    rows = []
    for number, person in enumerate(people(count, on=on, seed=5)):
        values = {name: getattr(person, name) for name in person.__slots__}
        category = "full" if person.converted_on else "probationary"
        rows.append(
            {
                **values,
                "category": category,
                "unit": units[number % len(units)],
                "residence": f"幸福路{number}号",
                "registered_residence": f"光明街{number}号",
                "is_migrant_worker": False,
                "is_lost_contact": False,
                "is_floating": False,
                "joined_at_unit": units[0],
            }
        )
    return export_workbook(rows)
