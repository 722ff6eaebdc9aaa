"""How the figures are made, in words: on the page, on paper and in the workbook."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

import rules


def notes() -> list[str]:
    rule = rules.get("statistics.formal_relation")
    english = (get_language() or "").startswith("en")
    return [
        rule.summary_en if english else rule.summary,
        _("依据：{citation}（{badge}）").format(citation=rule.citation, badge=rule.badge),
        _("截止日当天发生的算在内；后来补登记、日期在截止日以前的，也算在内。"),
        _("开出介绍信不算转出，对方接收才算；预备党员自支部大会通过之日起算，正式党员自转正之日起算。"),
        _("党组织按截止日当时的隶属关系和名称；后来移走、合并、撤销的，仍在当时的上级下面。"),
        _("性别、民族、学历、出生日期按名册现在登记的内容。"),
        _("各行相加等于合计；合计＝各分组相加（流动和失联除外）；期初＋增加−减少＝期末。"),
    ]
