"""What can be typed in English."""

from __future__ import annotations

from app.model.phrases.grammar import Meaning, Phrase

PHRASES: tuple[Phrase, ...] = (
    (Meaning.WHY, "why is {customer:customer} (there|here|where it is)"),
    (Meaning.WHY, "why {customer:customer}"),
    (Meaning.WHY_UNASSIGNED, "why is {customer:unserved} (unassigned|unserved|left out|not served)"),
    (Meaning.WHY_VEHICLE, "why is {customer:served} on {vehicle:used}"),
    (Meaning.WHY_VEHICLE, "why {vehicle:used} for {customer:served}"),
    (Meaning.WHY_NOT_NEXT, "why (not|isn't|is not) {instead:customer} [next] after {after:served}"),
    (Meaning.WHY_LEG, "why [is] {to:served} after {after:served}"),
    (Meaning.WHY_RETURN, "why does {vehicle:used} (return|go home|go back)"),
    (Meaning.COST_LOCK, "what does [the] lock (on|of) {customer:locked} cost"),
    (Meaning.COST_LOCKS, "what do [the] locks cost"),
    (Meaning.COST_WINDOWS, "what do [the] [time] windows cost"),
    (Meaning.COST_ZONES, "what do [the] zones cost"),
    (Meaning.COST_PROFILES, "what do [the] profiles cost"),
    (Meaning.COST_SHIFTS, "what do [the] shifts cost"),
    (Meaning.COST_VEHICLES, "what do [the] vehicles cost"),
    (Meaning.COST_ALL, "what does (everything|each constraint|it all) cost"),
    (Meaning.CHANGED, "what [has] changed"),
    (Meaning.ASSIGN, "(assign|give|add) {customer:customer} (to|on) {vehicle:vehicle}"),
    (Meaning.ASSIGN, "(move|put) {customer:served} (to|on|onto) {vehicle:vehicle}"),
    (Meaning.MOVE_AFTER, "(move|put) {customer:customer} (after|behind) {other:served}"),
    (Meaning.MOVE_BEFORE, "(move|put) {customer:customer} before {other:served}"),
    (Meaning.UNASSIGN, "(unassign|drop|leave out) {customer:served}"),
    (Meaning.SWAP, "swap {vehicle:used} (and|with) {other:used}"),
    (Meaning.REVERSE, "(reverse|turn) {vehicle:used}"),
    (Meaning.LOCK_VEHICLE, "lock {customer:served} (on|to) (this|its|the) vehicle"),
    (Meaning.LOCK_PLACE, "lock {customer:served} (in|at) [its] place"),
    (Meaning.LOCK_DRIVEN, "lock {customer:served} as [already] driven"),
    (Meaning.UNLOCK_ALL, "unlock (everything|all|everybody)"),
    (Meaning.UNLOCK, "unlock {customer:locked}"),
    (Meaning.CLOSE, "close {zone:zone} (for|to) (everybody|everyone|all|all vehicles)"),
    (Meaning.CLOSE, "close {zone:zone} (for|to) {types:types}"),
    (Meaning.CLOSE_AFTER, "close {zone:zone} (for|to) {types:types} (after|from) {time:time}"),
    (Meaning.CLOSE_BEFORE, "close {zone:zone} (for|to) {types:types} (before|until) {time:time}"),
    (Meaning.OPEN, "open {zone:zone} (for|to) (everybody|everyone|all|all vehicles)"),
    (Meaning.OPEN, "open {zone:zone} (for|to) {types:types}"),
    (Meaning.ANY_TIME, "set [the] [time] (window|windows) of {customer:customer} to any time"),
    (Meaning.SET_WINDOW, "set [the] [time] (window|windows) of {customer:customer} (to|from) {windows:windows}"),
    (Meaning.SET_WINDOW, "set [the] [time] (window|windows) of {customer:customer} {windows:windows}"),
    (Meaning.SET_SERVICE, "set [the] service [time] of {customer:customer} (to|at) {span:span}"),
    (Meaning.SET_SERVICE, "set [the] service [time] of {customer:customer} {span:span}"),
)
"""The first ones are the first to be offered."""
