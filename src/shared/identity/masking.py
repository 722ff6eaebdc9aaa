"""How personal data is shown unless someone asks, with a reason, to see it."""

from shared.identity.surnames import surname_of


def mask_name(name: str) -> str:
    """张三丰 → 张*: one star whatever the length, so that length gives nothing away."""
    name = name.strip()
    return f"{surname_of(name)}*" if name else ""


def mask_phone(number: str) -> str:
    """13812341234 → 138****1234; other lengths keep the last two digits."""
    number = number.strip()
    if len(number) == 11 and number.isdecimal() and number.startswith("1"):
        return f"{number[:3]}****{number[-4:]}"
    return "*" * max(len(number) - 2, 0) + number[-2:] if len(number) > 4 else "*" * len(number)


def mask_citizen_number(number: str) -> str:
    """Three characters, stars, the last four: 110***********1234. Shorter texts are all stars."""
    number = number.strip()
    if len(number) < 15:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
