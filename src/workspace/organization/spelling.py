"""How the name of an organisation sounds, for search by pinyin."""

from pypinyin import lazy_pinyin


def spelled(name: str) -> tuple[str, str]:
    """Full pinyin without tones or gaps, and the initials: 第一党支部 → ("diyidangzhibu", "dydzb").

    Letters and digits in the name stay as they are, in lower case, each word one syllable.
    """
    syllables = ["".join(c for c in part.casefold() if c.isalnum()) for part in lazy_pinyin(name)]
    kept = [syllable for syllable in syllables if syllable]
    return "".join(kept)[:720], "".join(syllable[0] for syllable in kept)[:120]
