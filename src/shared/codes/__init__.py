"""Code sets: what a word in a spreadsheet means, and the code it is stored under.

from shared.codes import ETHNIC_GROUPS
ETHNIC_GROUPS.find("汉")            # Code("01", "汉族", "Han", …)
ETHNIC_GROUPS.get("01").zh          # "汉族"
"""

from shared.codes.degrees import DEGREES
from shared.codes.education import EDUCATION
from shared.codes.entries import Code, CodeSet
from shared.codes.ethnic_groups import ETHNIC_GROUPS
from shared.codes.joining import CONVERSION_STATUSES, JOINING_TYPES
from shared.codes.people import PERSON_CATEGORIES
from shared.codes.political_status import POLITICAL_STATUSES
from shared.codes.regions import PROVINCES, REGIONS
from shared.codes.sexes import SEXES
from shared.codes.strata import NEW_SOCIAL_STRATA
from shared.codes.unit_types import UNIT_SITUATIONS, UNIT_TYPES

__all__ = [
    "CONVERSION_STATUSES",
    "DEGREES",
    "EDUCATION",
    "ETHNIC_GROUPS",
    "JOINING_TYPES",
    "NEW_SOCIAL_STRATA",
    "PERSON_CATEGORIES",
    "POLITICAL_STATUSES",
    "PROVINCES",
    "REGIONS",
    "SEXES",
    "UNIT_SITUATIONS",
    "UNIT_TYPES",
    "Code",
    "CodeSet",
]
