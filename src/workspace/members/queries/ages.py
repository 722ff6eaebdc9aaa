"""Age bands (年龄段), as annual statistics cut them, turned into ranges of birth dates."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# name: (label, youngest age, oldest age)
BANDS = {
    "30": (_("30岁及以下"), 0, 30),
    "40": (_("31至40岁"), 31, 40),
    "50": (_("41至50岁"), 41, 50),
    "60": (_("51至60岁"), 51, 60),
    "61": (_("61岁及以上"), 61, 150),
}


def born_in(band: str, *, on: date) -> Q:
    """Members whose age in whole years on that day lies in the band. Raises KeyError for an unknown one."""
    _label, youngest, oldest = BANDS[band]
    return Q(birth_date__lte=years_before(on, youngest), birth_date__gt=years_before(on, oldest + 1))


def age_on(born: date | None, on: date) -> int | None:
    """Whole years; None when the birth date is unknown."""
    return None if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
