"""Is this English? By script and by function words; short texts get the benefit of the doubt."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

from dragoman.errors import EmptyInput, WrongLanguage
from dragoman.records import Article

TABLE = Path(__file__).parent / "languages.toml"
WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 25  # words below which function words must be very plain
FEWEST = 8  # words below which nobody is turned away
PLAIN, HARDLY = 0.3, 0.1  # shares of function words, of another language and of English, that are plain in a few words
SAMPLE = 2000  # words that are looked at
ENOUGH = 0.22  # share of English function words above which nothing else is asked; running English has .35 to .50
LEAST = 0.08  # share below which a text is not English, whatever else it is
SCRIPT_LETTERS = 40  # letters of which half may tell the script; of fewer, nearly all
FEW_LETTERS = 4
SCRIPTS = {
    "CYRILLIC": "Cyrillic script",
    "ARABIC": "Arabic script",
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "HEBREW": "Hebrew script",
    "DEVANAGARI": "Devanagari script",
    "GREEK": "Greek",
    "THAI": "Thai",
    "BENGALI": "Bengali",
    "TAMIL": "Tamil",
    "GEORGIAN": "Georgian",
    "ARMENIAN": "Armenian",
    "ETHIOPIC": "Amharic",
}


def check_article(article: Article, *, where: str | None = None) -> None:
    """Raises EmptyInput where the article has no text, WrongLanguage where it is not in English."""
    if not article.text:
        raise EmptyInput("there is no text in it", where=where, next_step="give a report of at least one sentence")
    if not WORD.search(article.text):
        raise EmptyInput("there are no words in it", where=where, next_step="give a report of at least one sentence")
    if language := other_language(article.text):
        raise WrongLanguage(
            f"the text seems to be in {language}", where=where, next_step="Dragoman reads English; translate it first"
        )


def other_language(text: str) -> str | None:
    """The language or script of a text that is plainly not English; None where it is or may be English."""
    if script := _script(text):
        return script
    words = [word.lower() for word in WORD.findall(text[: SAMPLE * 12])[:SAMPLE]]
    if len(words) < FEWEST:
        return None
    counts = Counter(words)
    shares = {name: sum(counts[w] for w in known) / len(words) for name, known in _function_words().items()}
    english = shares.pop("English")
    if english >= ENOUGH:
        return None
    best = max(shares, key=lambda name: shares[name])
    if len(words) < SHORTEST:
        return best if shares[best] >= PLAIN and english <= HARDLY else None
    if shares[best] > 1.3 * english:
        return best
    return "a language other than English" if english < LEAST and len(words) >= 3 * SHORTEST else None


def _script(text: str) -> str | None:
    letters = [char for char in text[: SAMPLE * 6] if char.isalpha()]
    foreign = [char for char in letters if char > "\u036f"]
    share = 0.5 if len(letters) >= SCRIPT_LETTERS else 0.9
    if len(letters) < FEW_LETTERS or len(foreign) < share * len(letters):
        return None
    names = Counter(unicodedata.name(char, "?").split(" ")[0] for char in foreign[:500])
    return SCRIPTS.get(names.most_common(1)[0][0], "a script other than Latin")


@cache
def _function_words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in table["words"].items()}
