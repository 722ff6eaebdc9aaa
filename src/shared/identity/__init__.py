"""Numbers that identify people and organisations, how they are checked, and how they are hidden."""

from shared.identity.citizen import BadCitizenNumber, CitizenNumber, Fault, read_citizen_number
from shared.identity.masking import mask_citizen_number, mask_name, mask_phone
from shared.identity.phones import BadPhone, landline, mobile
from shared.identity.pinyin import NamePinyin, name_pinyin
from shared.identity.uscc import is_uscc

__all__ = [
    "BadCitizenNumber",
    "BadPhone",
    "CitizenNumber",
    "Fault",
    "NamePinyin",
    "is_uscc",
    "landline",
    "mask_citizen_number",
    "mask_name",
    "mask_phone",
    "mobile",
    "name_pinyin",
    "read_citizen_number",
]
