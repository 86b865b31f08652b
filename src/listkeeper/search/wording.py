"""Words as a matcher compares them: common ones left out, plural and grammatical endings folded."""

from __future__ import annotations

from typing import Final

import snowballstemmer  # type: ignore[import-untyped]  # it comes without type information

from listkeeper.search.text import normal

COMMON: Final = frozenset(
    {
        *("a", "about", "an", "and", "any", "are", "as", "at", "be", "been", "being", "by"),
        *("can", "do", "does", "for", "from", "had", "has", "have", "how", "i", "if", "in"),
        *("into", "is", "it", "its", "me", "my", "more", "of", "off", "on", "onto", "or"),
        *(
            "our",
            "out",
            "over",
            "so",
            "such",
            "than",
            "that",
            "the",
            "their",
            "them",
            "there",
            "these",
        ),
        *("they", "this", "those", "to", "under", "up", "us", "was", "we", "were", "what", "when"),
        *("where", "which", "who", "will", "with", "within", "you", "your", "y", "yr", "yn", "ar"),
        *("o", "am", "gan", "ac"),
    }
)
"""Function words of English and Welsh: they tell no two services apart."""

FAMILY: Final = "~"
"""Before the stem that the words of one family share; no word begins with it."""

LONGEST_IES: Final = 4
SHORTEST_PLURAL: Final = 3


class Wording:
    """Folds words; each word is worked out once."""

    def __init__(self) -> None:
        """Begin with no word known."""
        self._stemmer = snowballstemmer.stemmer("english")
        self._families: dict[str, str] = {}

    def family(self, word: str) -> str:
        """Give the mark of the family of a word: that of licence, licences and licensing is one."""
        if word not in self._families:
            self._families[word] = FAMILY + self._stemmer.stemWord(word)
        return self._families[word]


def telling(folded: str) -> list[str]:
    """Give the words of a folded text that tell something, singular.

    >>> telling("repairs to the council houses")
    ['repair', 'council', 'house']
    """
    words = folded.split()
    return [singular(word) for word in words if word not in COMMON] or list(map(singular, words))


def telling_of(text: str) -> list[str]:
    """Give the words of any text that tell something, folded and singular."""
    return telling(normal(text))


def singular(word: str) -> str:
    """Fold an English plural, carefully.

    >>> singular("licences"), singular("libraries"), singular("bus"), singular("business")
    ('licence', 'library', 'bus', 'business')
    """
    if len(word) > LONGEST_IES and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > SHORTEST_PLURAL and word.endswith("s") and not word.endswith(("ss", "us")):
        return word[:-1]
    return word
