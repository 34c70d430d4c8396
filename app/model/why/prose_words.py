"""Words by which it is told whether a sentence says what another says, in each language."""

from __future__ import annotations

import re


def _any(words: str) -> re.Pattern[str]:
    return re.compile("|".join(words.split()))


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LESS = """
    saves? saved savings? cheaper less lower fewer
    spart sparen gespart sparte einspar\\w* günstiger\\w* billiger\\w* weniger niedriger\\w*
"""
_MORE = "more dearer expensive higher extra additional adds? mehr teurer\\w* höher\\w* zusätzlich\\w*"
_NEARER = "shorter nearer closer kürzer\\w* näher\\w*"
_FURTHER = "longer further farther länger\\w* weiter\\w*"
_EARLIER = "earlier sooner early früher\\w* eher"
_LATER = "later late too spät\\w* verspätung\\w*"
_BETTER = "better best improve\\w* besser\\w* beste\\w* verbesser\\w*"
_WORSE = "worse worst schlechter\\w* verschlechter\\w*"
_NOT = """
    not no never cannot can['’]t isn['’]t doesn['’]t won['’]t without nobody none neither nor unable impossible
    infeasible nicht kein\\w* nie niemand ohne unmöglich\\w* weder
"""

OPPOSITES: tuple[re.Pattern[str], ...] = tuple(
    map(_any, (_LESS, _MORE, _NEARER, _FURTHER, _EARLIER, _LATER, _BETTER, _WORSE))
)
"""What one may say only where the other does."""

NEGATIONS = _any(_NOT)
"""What both say, or neither does."""

NUMBERS = _any(
    """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundreds? thousands? dozens? half halves halved?
    twice thrice doubled? triple\\w* quarters? percent percentage
    zwei\\w* drei\\w* vier\\w* fünf\\w* sechs\\w* sieben\\w* acht neun\\w* zehn elf zwölf zwanzig dreißig vierzig
    hundert\\w* tausend\\w* dutzend\\w* halb\\w* hälfte doppelt\\w* prozent
    """
)
"""Numbers and shares as words."""

UNITS = (
    *("km", "m", "h", "min", "s", "kg", "t", "%", "€", "$", "£", "kilometres", "kilometers", "miles", "metres"),
    *("hours", "hour", "minutes", "minute", "seconds", "second", "percent", "euros", "euro", "o'clock", "am", "pm"),
    *("Kilometer", "Stunden", "Stunde", "Minuten", "Minute", "Sekunden", "Prozent", "Uhr", "Tage", "days", "day"),
)
"""What a bare number must not be followed by."""

STARTS = {
    "en": _set(
        """
        the this that these it its if but because since so there here as at in on for with without instead otherwise
        then moving putting serving driving going taking leaving keeping every each all any another other others no not
        nobody nothing both which what when while after before until and or to by from still also even only however
        therefore thus a an
        """
    ),
    "de": _set(
        """
        der die das dieser diese dieses er sie es wenn aber denn weil da so dort hier als am an auf für mit ohne
        stattdessen sonst dann jede jeder jedes alle alles andere anderer kein keine keiner nicht niemand nichts beide
        was wann während nach vor bis und oder um von noch auch sogar nur allerdings deshalb daher damit ein eine einen
        im in zu zum zur würde
        """
    ),
}
"""What a sentence may begin with besides words of the answer."""

NOUNS = {
    "en": _set("i"),
    "de": _set(
        """
        fahrzeug fahrzeuge fahrzeugs fahrzeuges fahrzeugen kunde kunden halt halte tour touren plan plans plänen kosten
        zeit zeiten strecke strecken fahrt fahrten zeitfenster zeitfensters depot depots reihenfolge umweg umwege
        verspätung alternative alternativen grund gründe platz stelle weg wege regel regeln schicht schichten kapazität
        ladung ankunft abfahrt fixierung zone zonen profil wartezeit fall möglichkeit
        """
    ),
}
"""Words with a capital letter that are no names."""
