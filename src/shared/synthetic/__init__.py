"""Invented people for demonstrations and tests. Nothing here stands for anyone."""

from shared.synthetic.people import Person, citizen_number, people, person

__all__ = ["Person", "citizen_number", "people", "person"]
