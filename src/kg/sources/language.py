"""Is a text English? py3langid, and the share of English function words, which holds where names fill a sentence."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import py3langid.langid as langid  # type: ignore[import-untyped]

from kg.errors import SourceError
from kg.sources.lists import load_function_words, load_language_names

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 1000
# Of 1,050 single news sentences and 845 articles in English, py3langid takes five sentences for another language, none
# with a probability over .8; invented texts in 16 other languages stay below a share of .15.
_CERTAIN, _LIKELY = 0.9, 0.7
_CERTAIN_SHARE, _LIKELY_SHARE = 0.2, 0.12


@functools.cache
def load_identifier() -> langid.LanguageIdentifier:
    """The language identifier with probabilities that add up to 1; loading takes about half a second, once."""
    return langid.LanguageIdentifier.from_model_file(Path(langid.MODEL_FILE), norm_probs=True)


def require_english(text: str) -> None:
    """Do nothing for English `text`.

    Raises:
        SourceError: the text is in another language, which the message names.
    """
    words = _WORD.findall(text.lower())
    share = sum(word in load_function_words() for word in words) / max(1, len(words))
    code, probability = load_identifier().classify(_sample(text))
    if code == "en" or share >= _CERTAIN_SHARE:
        return
    if probability < _CERTAIN and (share >= _LIKELY_SHARE or (probability < _LIKELY and _is_latin(words))):
        return
    raise SourceError(f"the text is not English but looks like {load_language_names().get(code, code)}")


def require_declared_english(tag: str | None) -> None:
    """Do nothing where the `tag` of a file is English, absent, or no language that is known.

    Args:
        tag: as files have it: `en`, `en-GB`, `en_US`, `English`.

    Raises:
        SourceError: it is another language, which the message names.
    """
    names = load_language_names()
    said = (tag or "").strip().lower()
    code = re.split(r"[-_]", said)[0]
    name = names.get(code) or next((name for name in names.values() if name.lower() == said), None)
    if name is not None and name != names["en"]:
        raise SourceError(f"the article says that its language is {name}; only English is read")


def _sample(text: str) -> str:
    """Start, middle and end of `text`, so that a quotation in one of them does not decide."""
    if len(text) <= _SAMPLE:
        return text
    part, middle = _SAMPLE // 3, len(text) // 2
    return " ".join((text[:part], text[middle : middle + part], text[-part:]))


def _is_latin(words: list[str]) -> bool:
    """True where most letters are Latin."""
    letters = "".join(words)
    return sum(char < "\u0250" for char in letters) * 2 > len(letters)
