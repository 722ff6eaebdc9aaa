"""GB/T 2260, codes of regions: provinces as a table, prefectures from the data python-stdnum ships.

The prefecture names come from a public listing (not the standard's printed text): not verified.
"""

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files

from shared.codes.entries import Code, CodeSet, folded, table

PROVINCES = CodeSet(
    "GB/T 2260",
    table(
        [
            ("110000", "北京市", "Beijing", "京"),
            ("120000", "天津市", "Tianjin", "津"),
            ("130000", "河北省", "Hebei", "冀"),
            ("140000", "山西省", "Shanxi", "晋"),
            ("150000", "内蒙古自治区", "Inner Mongolia", "内蒙古", "蒙"),
            ("210000", "辽宁省", "Liaoning", "辽"),
            ("220000", "吉林省", "Jilin", "吉"),
            ("230000", "黑龙江省", "Heilongjiang", "黑"),
            ("310000", "上海市", "Shanghai", "沪"),
            ("320000", "江苏省", "Jiangsu", "苏"),
            ("330000", "浙江省", "Zhejiang", "浙"),
            ("340000", "安徽省", "Anhui", "皖"),
            ("350000", "福建省", "Fujian", "闽"),
            ("360000", "江西省", "Jiangxi", "赣"),
            ("370000", "山东省", "Shandong", "鲁"),
            ("410000", "河南省", "Henan", "豫"),
            ("420000", "湖北省", "Hubei", "鄂"),
            ("430000", "湖南省", "Hunan", "湘"),
            ("440000", "广东省", "Guangdong", "粤"),
            ("450000", "广西壮族自治区", "Guangxi", "广西", "桂"),
            ("460000", "海南省", "Hainan", "琼"),
            ("500000", "重庆市", "Chongqing", "渝"),
            ("510000", "四川省", "Sichuan", "川", "蜀"),
            ("520000", "贵州省", "Guizhou", "黔", "贵"),
            ("530000", "云南省", "Yunnan", "滇", "云"),
            ("540000", "西藏自治区", "Tibet", "西藏", "藏", "Xizang"),
            ("610000", "陕西省", "Shaanxi", "陕", "秦"),
            ("620000", "甘肃省", "Gansu", "甘", "陇"),
            ("630000", "青海省", "Qinghai", "青"),
            ("640000", "宁夏回族自治区", "Ningxia", "宁夏", "宁"),
            ("650000", "新疆维吾尔自治区", "Xinjiang", "新疆", "新"),
            ("710000", "台湾省", "Taiwan", "台"),
            ("810000", "香港特别行政区", "Hong Kong", "香港", "港"),
            ("820000", "澳门特别行政区", "Macao", "澳门", "澳"),
        ]
    ),
    endings=("省", "市"),
)

_PROVINCE_LINE = re.compile(r"^(\d\d) ")
_PLACE_LINE = re.compile(r'^ +(\d\d)00 county="([^"]+)"')
_ENDED = re.compile(r"\[\d*-\d+\]")
_NOT_PLACES = {"市辖区", "县", "林区", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


@cache
def _prefectures() -> tuple[Code, ...]:
    found = []
    province = ""
    for line in files("stdnum.cn").joinpath("loc.dat").read_text(encoding="utf-8").splitlines():
        if heading := _PROVINCE_LINE.match(line):
            province = heading[1]
        elif (place := _PLACE_LINE.match(line)) and place[1] != "00" and (name := _current(place[2])):
            found.append(Code(f"{province}{place[1]}00", name, name, verified=False))
    return tuple(found)


def _current(history: str) -> str | None:
    """The name in force among "[-1996]襄樊市,[2010-]襄阳市", or None when all have ended."""
    for name in history.split(","):
        if _ENDED.match(name):
            continue
        plain = re.sub(r"^\[[^\]]*\]", "", name)
        return None if plain in _NOT_PLACES or "直辖县" in plain else plain
    return None


class Regions:
    """Provinces and the prefectures below them; prefectures are read from disk at first use."""

    def province_of(self, code: str) -> Code | None:
        """The province of any region code or citizen number, by its first two digits."""
        return PROVINCES.get(f"{code[:2]}0000")

    def prefectures_of(self, province: str) -> list[Code]:
        """Prefectures of a province, in the order of their codes; municipalities have none."""
        return [place for place in _prefectures() if place.code[:2] == province[:2]]

    def get(self, code: str) -> Code | None:
        """Province or prefecture of exactly this six-digit code, or None."""
        return PROVINCES.get(code) or next((p for p in _prefectures() if p.code == code), None)

    def find(self, text: str) -> Code | None:
        """The place of a six-digit code or of a name in full; None when there is none, or more than one. A county's
        code, which this list does not hold, stands for itself under the name of its prefecture or province."""
        typed = folded(text)
        if re.fullmatch(r"[1-9]\d{5}", typed):
            above = self.get(typed) or self.get(f"{typed[:4]}00") or self.province_of(typed)
            return replace(above, code=typed) if above else None
        if province := PROVINCES.find(typed):
            return province
        named = [place for place in _prefectures() if typed in (place.zh, place.zh.removesuffix("市"))]
        return named[0] if len(named) == 1 else None

    def name_of(self, code: str) -> str:
        """The code with the name of its place, as people read it; empty for none."""
        place = self.find(code)
        return f"{code} {place.zh}" if place else code


REGIONS = Regions()
