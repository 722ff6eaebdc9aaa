"""People who do not exist, with everything a register asks for, the same ones for the same seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shared.codes.sexes import FEMALE, MALE
from shared.identity.citizen import SYNTHETIC_REGION, check_digit

# Common surnames with a few that are read or cut differently, so that demos show those right too.
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
RARE_SURNAMES = ("单", "仇", "区", "解", "查", "尉迟", "欧阳", "上官", "司徒")
MALE_GIVEN = (  # noqa: SIM905 - sixty quoted names are harder to read
    "建国 志强 伟 勇 军 磊 涛 明 鹏 浩然 宇轩 子豪 俊杰 海波 德胜 "
    "永福 国栋 文斌 晓东 立新 家明 振华 一鸣 思远 博文 景行 长河 守正 天佑 启航"
).split()
FEMALE_GIVEN = (  # noqa: SIM905 - the same
    "秀英 桂兰 芳 娜 敏 静 丽 艳 雪梅 晓红 婷婷 雨桐 欣怡 佳慧 思琪 "
    "梦瑶 淑珍 玉华 春燕 海燕 文静 慧敏 一诺 若兰 清扬 书瑶 念慈 知夏 语嫣 晨曦"
).split()
_ETHNIC_GROUPS = ("01",) * 17 + ("03", "11", "15")
_EDUCATION = ("21",) * 6 + ("31",) * 3 + ("14",) * 3 + ("61", "41", "11")
_DEGREES = {"21": "4", "14": "3", "11": "2"}
_JOBS = ("客户经理", "科员", "工程师", "教师", "护士", "项目主管", "综合管理岗", "财务专员", "调度员", "退休")
_TITLES = ("", "", "", "经济师", "工程师", "会计师", "讲师", "主管护师")


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; sex, ethnic group, education and degree as codes. `converted_on` None: on probation."""

    name: str
    sex: str
    citizen_number: str
    birth_date: date
    ethnic_group: str
    education: str
    degree: str
    phone: str
    joined_on: date
    converted_on: date | None
    job: str
    technical_title: str


def citizen_number(birth: date, sex: str, serial: int) -> str:
    """A number that passes every check and can belong to nobody.

    The check digit must be right, or no demo could be imported; the region must be one that GB/T 2260
    never gave out, or the number might be somebody's. `serial` runs from 0 to 499.
    """
    odd = 1 if sex == MALE else 0
    body = f"{SYNTHETIC_REGION}{birth:%Y%m%d}{(serial % 499 + 1) * 2 - odd:03}"
    return body + check_digit(body)


def phone_number(rng: random.Random) -> str:
    """An eleven-digit number whose 000 exchange is given to nobody."""
    return f"1{rng.choice('3578')}{rng.randrange(10)}0000{rng.randrange(10_000):04}"


def person(rng: random.Random, *, on: date, serial: int) -> Person:
    """One person as of a day: from 19 to 75 years old, admitted at eighteen at the earliest."""
    sex = rng.choice((MALE, MALE, FEMALE))
    surname = rng.choice(RARE_SURNAMES) if rng.random() < 0.03 else rng.choice(SURNAMES)
    given = rng.choice(MALE_GIVEN if sex == MALE else FEMALE_GIVEN)
    born = on - timedelta(days=rng.randrange(22 * 366, 75 * 365))
    youngest = max(date(born.year + 18, born.month, min(born.day, 28)), date(1978, 1, 1))
    joined = youngest + timedelta(days=rng.randrange(max((min(on, _later(youngest, 25)) - youngest).days, 1)))
    converted = _later(joined, 1)
    education = rng.choice(_EDUCATION)
    return Person(
        name=surname + given,
        sex=sex,
        citizen_number=citizen_number(born, sex, serial),
        birth_date=born,
        ethnic_group=rng.choice(_ETHNIC_GROUPS),
        education=education,
        degree=_DEGREES.get(education, "0"),
        phone=phone_number(rng),
        joined_on=joined,
        converted_on=converted if converted <= on else None,
        job=rng.choice(_JOBS),
        technical_title=rng.choice(_TITLES),
    )


def people(count: int, *, on: date, seed: int = 1) -> Iterator[Person]:
    """Distinct people, none sharing a number, nor a name together with a birth date."""
    rng = random.Random(seed)  # noqa: S311 - repeatable on purpose, and no secret
    numbers: set[str] = set()
    bearers: set[tuple[str, date]] = set()
    serial = 0
    while len(numbers) < count:
        found = person(rng, on=on, serial=serial)
        serial += 1
        if found.citizen_number in numbers or (found.name, found.birth_date) in bearers:
            continue
        numbers.add(found.citizen_number)
        bearers.add((found.name, found.birth_date))
        yield found


def _later(day: date, years: int) -> date:
    return date(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
