"""What a text is about, found by plain counting: its rare words and its names.

No stemming but a plural s, no model: the archive of one person has few enough
words that two links sharing a rare one seldom do so by coincidence.
"""

import re
import unicodedata
from collections.abc import Iterator

# Words that say nothing of the subject.
EMPTY_WORDS = frozenset(
    """
    a about above across after again against ahead all almost along already also although always
    among an and announcement announcing another any anything are around as at away back be
    because become been before behind being below best better between beyond big blog building
    both but by can ceo chapter come coming could day days dear did dive does doing done down
    during each edition either else enough episode even ever every everyone everything explained
    few first for from full further gave get getting give given going good got great guide had
    has have having he her here him his home hour hours how however i if important in inside
    instead interview into intro introducing introduction is it its itself just keep know large
    last later learn learned less lesson let lets letter like list little long look made make
    makes making many matter may maybe me means might month more most much must my need never
    new next no none nor not note nothing now of off old on once one only or other others our
    out over overview own page part people perhaps please podcast possible post quite rather
    read reading really review right same says see seen several she should show simple simply
    since small so some something sometimes state still story such take talk tell than thank
    that the their them then there these they thing think this those though thought three
    through tip to today together too toward towards true turn two under understand
    understanding until up update upon us use used using very vol volume vs want was way we week
    well went were what when where whether which while who whole whose why will with within
    without work working would writing year years yet you your yourself
    """.split()  # noqa: SIM905 - as a list it would be a page long
)
WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# Of words that are seldom names, though a title may capitalise them.
COMMON_ENDINGS = ("ance", "ence", "ing", "ism", "ity", "ment", "ness", "tion", "tions")
SHORTEST = 4  # letters, unless written as an acronym or with capitals inside


def fold(text: str) -> str:
    """Strip case and accents, to compare: François as Francois."""
    if text.isascii():
        return text.casefold()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def letters_of(text: str) -> str:
    """Leave only a text's letters and digits, to find ``New Yorker`` in ``newyorker.com``."""
    return "".join(filter(str.isalnum, fold(text)))


def subjects(text: str) -> Iterator[tuple[str, str]]:
    """Find what a text may be about.

    Args:
        text: A title or a note.

    Yields:
        Words, and pairs of capitalised words side by side, for those are mostly
        names: the form to compare and the form as written.
    """
    before: re.Match[str] | None = None
    for match in WORD.finditer(text):
        word = _without_possessive(match.group())
        folded = fold(word)
        if folded in EMPTY_WORDS or word.isdigit():
            before = None
            continue
        if len(word) >= SHORTEST or _is_special(word):
            yield singular(folded), word
        if not word[0].isupper():
            before = None
            continue
        if before is not None and text[before.end() : match.start()] == " ":
            pair = f"{before.group()} {word}"
            yield fold(pair), pair
        # A possessive ends a name: "Anthropic's Hopes" is none.
        before = match if match.group() == word else None


def singular(word: str) -> str:
    """Strip a plural s."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_possessive(word: str) -> str:
    return word.removesuffix("'s").removesuffix("\u2019s")


def _is_special(word: str) -> bool:
    """Tell acronyms, and names with capitals inside, from ordinary words: LLM, qntm, arXiv."""
    return len(word) > 1 and any(letter.isupper() for letter in word[1:])
