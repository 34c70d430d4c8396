"""What can be typed in German."""

from __future__ import annotations

from app.model.phrases.grammar import Meaning, Phrase

PHRASES: tuple[Phrase, ...] = (
    (Meaning.WHY, "warum ist {customer:customer} (dort|da|hier|wo er ist)"),
    (Meaning.WHY, "(warum|wieso|weshalb) {customer:customer}"),
    (Meaning.WHY_UNASSIGNED, "(warum|wieso|weshalb) ist {customer:unserved} (unverplant|nicht verplant|ausgelassen)"),
    (Meaning.WHY_VEHICLE, "(warum|wieso|weshalb) ist {customer:served} auf {vehicle:used}"),
    (Meaning.WHY_VEHICLE, "(warum|wieso|weshalb) {vehicle:used} für {customer:served}"),
    (Meaning.WHY_NOT_NEXT, "(warum|wieso|weshalb) nicht {instead:customer} nach {after:served}"),
    (Meaning.WHY_LEG, "(warum|wieso|weshalb) [kommt] {to:served} nach {after:served}"),
    (Meaning.WHY_RETURN, "(warum|wieso|weshalb) (fährt|kehrt) {vehicle:used} (zurück|heim)"),
    (Meaning.COST_LOCK, "was kostet die Fixierung von {customer:locked}"),
    (Meaning.COST_LOCKS, "was kosten [die] Fixierungen"),
    (Meaning.COST_WINDOWS, "was kosten [die] Zeitfenster"),
    (Meaning.COST_ZONES, "was kosten [die] Zonen"),
    (Meaning.COST_PROFILES, "was kosten [die] Profile"),
    (Meaning.COST_SHIFTS, "was kosten [die] Schichten"),
    (Meaning.COST_VEHICLES, "was kosten [die] Fahrzeuge"),
    (Meaning.COST_ALL, "was kostet (alles|jede Vorgabe)"),
    (Meaning.CHANGED, "was hat sich geändert"),
    (Meaning.ASSIGN, "(plane|gib|setze|teile|lege) {customer:customer} (auf|an|zu) {vehicle:vehicle}"),
    (Meaning.MOVE_AFTER, "(stelle|setze|schiebe|plane) {customer:customer} (hinter|nach) {other:served}"),
    (Meaning.MOVE_BEFORE, "(stelle|setze|schiebe|plane) {customer:customer} vor {other:served}"),
    (Meaning.UNASSIGN, "nimm {customer:served} (heraus|raus|aus dem Plan)"),
    (Meaning.SWAP, "tausche {vehicle:used} (und|mit|gegen) {other:used}"),
    (Meaning.REVERSE, "kehre {vehicle:used} um"),
    (Meaning.LOCK_VEHICLE, "fixiere {customer:served} auf (diesem|seinem|dem) Fahrzeug"),
    (Meaning.LOCK_PLACE, "fixiere {customer:served} an (seinem|diesem) Platz"),
    (Meaning.LOCK_DRIVEN, "fixiere {customer:served} als gefahren"),
    (Meaning.UNLOCK_ALL, "löse (alles|alle Fixierungen|alle)"),
    (Meaning.UNLOCK, "löse [die Fixierung von] {customer:locked}"),
    (Meaning.CLOSE, "(sperre|schließe) {zone:zone} für (alle|alle Fahrzeuge)"),
    (Meaning.CLOSE, "(sperre|schließe) {zone:zone} für {types:types}"),
    (Meaning.CLOSE_AFTER, "(sperre|schließe) {zone:zone} für {types:types} (ab|nach) {time:time}"),
    (Meaning.CLOSE_BEFORE, "(sperre|schließe) {zone:zone} für {types:types} (vor|bis) {time:time}"),
    (Meaning.OPEN, "öffne {zone:zone} für (alle|alle Fahrzeuge)"),
    (Meaning.OPEN, "öffne {zone:zone} für {types:types}"),
    (Meaning.ANY_TIME, "setze [das] Zeitfenster von {customer:customer} auf jederzeit"),
    (Meaning.SET_WINDOW, "setze [das] (Zeitfenster|Öffnungszeiten) von {customer:customer} auf {windows:windows}"),
    (Meaning.SET_SERVICE, "setze [die] (Standzeit|Servicezeit) von {customer:customer} auf {span:span}"),
)
"""The first ones are the first to be offered."""
