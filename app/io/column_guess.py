"""Which column of somebody's customers file is which: by its header, in five languages, and by its values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from statistics import median

from app.io.cells import CellError, read_number, read_windows
from app.model.scenario import Point

# English, German, Finnish, French, Spanish; in the form that `_plain` gives them.
_HEADERS = {
    "id": "id|customer id|customer no|customer number|number|no|nr|code|ref|reference|order|order id|order number"
    "|stop id|kundennummer|kundennr|kunden nr|auftrag|auftragsnummer|nummer|asiakasnumero|asiakasnro|numero"
    "|tilausnumero|tunnus|numero client|no client|code client|commande|numero cliente|codigo|pedido|customer code"
    "|account|account no|account number|order no|shipment|shipment id|consignment|stop no|stop number|location id"
    "|kunden id|kunden nummer|auftragsnr|auftrags nr|auftrag nr|bestellnummer|bestellnr|bestell nr|sendungsnummer"
    "|sendungsnr|lieferschein|lieferscheinnummer|lieferscheinnr|stopp nr|stoppnummer|lfd nr",
    "name": "name|customer|customer name|client|company|recipient|store|shop|kunde|kundenname|firma|empfanger"
    "|bezeichnung|nimi|asiakas|asiakkaan nimi|yritys|vastaanottaja|nom|nom du client|societe|destinataire|nombre"
    "|cliente|empresa|razon social|destinatario|company name|account name|consignee|branch|site|site name"
    "|location name|stop name|receiver|empfaenger|kunden name|stoppname|filiale|markt|lieferstelle|abladestelle"
    "|unternehmen",
    "lat": "lat|latitude|breite|breitengrad|geo breite|leveysaste|leveyspiiri|latitud|y|ycoord|y coord|gps lat"
    "|geo lat|gps latitude|geographische breite|geografische breite|gps breite|breitenkoordinate",
    "lon": "lon|lng|long|longitude|lange|langengrad|geo lange|pituusaste|pituuspiiri|longitud|x|xcoord|x coord"
    "|gps lon|gps lng|geo lon|geo lng|geo long|gps longitude|laenge|laengengrad|geo laenge|geographische lange"
    "|geografische lange|geographische laenge|geografische laenge|gps lange|gps laenge|langenkoordinate",
    "coordinates": "coordinates|coords|lat lon|lat lng|latlon|latlng|gps|position|location|koordinaten|standort"
    "|koordinaatit|sijainti|coordonnees|coordenadas|ubicacion|gps coordinates|geolocation|lat long|latlong"
    "|gps koordinaten|geokoordinaten|geo koordinaten",
    "address": "address|full address|addr|delivery address|stop address|adresse|anschrift|lieferadresse|lieferanschrift"
    "|kundenadresse|osoite|toimitusosoite|adresse complete|adresse de livraison|direccion|direccion completa"
    "|direccion de entrega|location address|customer address",
    "street": "street|street name|street address|address line 1|address 1|address1|strasse|str|strassenname"
    "|strasse und hausnummer|strasse hausnummer|katu|katuosoite|lahiosoite|rue|voie|calle|via|gata|gatuadress",
    "house number": "house number|house no|house nr|housenumber|street number|street no|hausnummer|hausnr|haus nr|hnr"
    "|talon numero|talonumero|numero de rue|numero de voie|numero de calle|husnummer",
    "postcode": "postcode|post code|postal code|zip|zip code|zipcode|plz|postleitzahl|postinumero|code postal"
    "|codigo postal|postnummer",
    "city": "city|town|ort|stadt|wohnort|gemeinde|kaupunki|postitoimipaikka|kunta|ville|commune|localite|ciudad"
    "|localidad|municipio|poblacion|stad|postort",
    "service": "service|service min|service time|service minutes|duration|stop time|unloading time|servicezeit|dauer"
    "|standzeit|entladezeit|palveluaika|kesto|purkuaika|temps de service|duree|tiempo de servicio|duracion"
    "|service duration|stop duration|visit duration|dwell time|dwell|time on site|on site time|handling time"
    "|drop time|unload time|minutes|aufenthalt|aufenthaltsdauer|aufenthaltszeit|haltezeit|haltedauer|stoppzeit"
    "|stoppdauer|servicedauer|verweildauer|verweilzeit|bearbeitungszeit|arbeitszeit|einsatzdauer|montagezeit"
    "|entladedauer|abladezeit|abladedauer|minuten",
    "windows": "windows|window|time window|time windows|delivery window|opening hours|hours|zeitfenster"
    "|offnungszeiten|lieferfenster|aikaikkuna|aikaikkunat|aukioloajat|toimitusaika|fenetre|fenetre horaire|creneau"
    "|horaires|ventana|ventana horaria|horario|delivery hours|delivery times|delivery slot|time slot|timeslot|slot"
    "|opening times|business hours|receiving hours|offnungszeit|oeffnungszeiten|oeffnungszeit|lieferzeitfenster"
    "|lieferzeitraum|lieferzeiten|lieferzeit|anlieferzeiten|anlieferzeit|anlieferfenster|annahmezeiten|annahmezeit"
    "|warenannahme|zeitraum",
    "window start": "window start|from|start|earliest|ready|ready time|open|opens|start time|von|ab|fruhestens"
    "|beginn|alku|alkaen|aikaisintaan|alkuaika|debut|a partir de|ouverture|desde|inicio|apertura|window from"
    "|window open|time window start|time window from|time from|from time|earliest time|earliest arrival"
    "|delivery from|open time|opening time|available from|not before|fruehestens|zeitfenster von|zeitfenster start"
    "|zeitfenster beginn|zeit von|uhrzeit von|startzeit|beginnzeit|lieferung ab|lieferung von|lieferzeit von"
    "|anlieferung ab|anlieferung von|offnet|geoffnet von|geoffnet ab|offen von|offen ab",
    "window end": "window end|to|until|end|latest|due|due date|due time|close|closes|end time|bis|spatestens|ende"
    "|loppu|mennessa|viimeistaan|loppuaika|fin|jusqu a|avant|fermeture|hasta|cierre|window to|window close"
    "|time window end|time window to|time to|time until|to time|latest time|latest arrival|delivery to"
    "|delivery until|close time|closing time|available until|not after|deadline|spaetestens|zeitfenster bis"
    "|zeitfenster ende|zeit bis|uhrzeit bis|endzeit|lieferung bis|lieferzeit bis|anlieferung bis|schliesst"
    "|geoffnet bis|offen bis",
    "required": "required|mandatory|must|pflicht|erforderlich|pakollinen|obligatoire|obligatorio|requerido"
    "|must visit|must serve|compulsory|muss|pflichtkunde|pflichtstopp|zwingend",
    "priority": "priority|prio|prioritat|wichtigkeit|prioriteetti|tarkeys|priorite|prioridad|importance|urgency"
    "|prioritaet|dringlichkeit",
    "profile": "profile|customer profile|type|customer type|category|group|profil|kundentyp|kategorie|gruppe"
    "|profiili|asiakastyyppi|ryhma|luokka|type client|categorie|perfil|tipo|tipo cliente|categoria|grupo"
    "|customer group|customer class|customer segment|segment|kundengruppe|kundenart|kundenklasse|kundenprofil|klasse"
    "|typ",
    "notes": "notes|note|comment|comments|remarks|instructions|info|bemerkung|bemerkungen|notiz|hinweis|kommentar"
    "|huomautus|huom|lisatiedot|muistiinpano|remarque|remarques|commentaire|notas|comentario|observaciones|remark"
    "|instruction|delivery instructions|delivery notes|driver notes|special instructions|memo|description|anmerkung"
    "|anmerkungen|notizen|hinweise|kommentare|lieferhinweis|lieferhinweise|zusatzinfo|zusatzinformation|beschreibung"
    "|info fahrer",
}
_DEMAND = "demand|quantity|qty|amount|load|menge|bedarf|ladung|maara|kysynta|kuorma|quantite|charge|demande|cantidad"
_DEMAND += (
    "|demanda|carga|delivery|lieferung|toimitus|livraison|entrega|order quantity|order size|delivery quantity|units"
)
_DEMAND += "|liefermenge|bestellmenge|anzahl|stuckzahl|stueckzahl|ladungsmenge|lademenge"
_PICKUP = (
    "pickup|pick up|collection|return|returns|abholung|rucknahme|nouto|palautus|collecte|retour|recogida|devolucion"
)
_PICKUP += "|pickups|collect|empties|ruecknahme|ruckgabe|rueckgabe|abholmenge|retoure|retouren|leergut|ruckladung"
_UNITS = (
    "kg|kilo|kilos|weight|gewicht|paino|poids|peso|t|tons|gross weight|total weight|bruttogewicht|gesamtgewicht"
    "|kilogramm",
    "m3|cbm|volume|volumen|tilavuus|l|litres|liters|kubikmeter|ladevolumen|rauminhalt",
    "pallets|pallet|paletten|lavat|palettes|pales|palets|pcs|pieces|stuck|kpl|boxes|kartons|laatikot|colis|cajas|crates"
    "|cartons|cases|parcels|packages|items|palette|stellplatze|stellplaetze|stueck|karton|kisten|pakete|packstucke"
    "|packstuecke|colli",
)
_AFTER_A_TITLE = (" min", " mins", " minutes", " minuten", " kg", " m3", " uhr", " wgs84")
_ENOUGH = 0.84
_LONGEST_HEADER = 40
_MOST_COLUMNS = 200
_PAIR = re.compile(r"[(\[]?\s*(-?\d{1,7}(?:\.\d+)?)(?:\s*[,;]\s*|\s+)(-?\d{1,7}(?:\.\d+)?)\s*[)\]]?", re.ASCII)
_PAIR_WITH_COMMAS = re.compile(r"(-?\d{1,7},\d+)(?:\s*;\s*|\s+|,\s+)(-?\d{1,7},\d+)", re.ASCII)
_LETTERS = re.compile(r"[^a-z0-9]+")


def targets(dimensions: Sequence[str]) -> tuple[str, ...]:
    """Return what a column can be: a field of a customer, or a load such as ``demand kg``."""
    loads = (f"{word} {name}" for word in ("demand", "pickup") for name in dimensions)
    return (*_HEADERS, *loads)


def guess_mapping(
    headers: Sequence[str], rows: Sequence[Sequence[str]], dimensions: Sequence[str], *, decimal_comma: bool
) -> dict[str, int]:
    """Return the index of a column for each target that some column seems to be.

    Parameters
    ----------
    headers
        Blank for a file without a header.
    rows
        A sample of the rows below; each has a cell per header.
    dimensions
        Names of the load dimensions.
    decimal_comma
        Whether a comma is the decimal sign.
    """
    scores = [
        (score, -index, target)
        for target, words in _words(tuple(dimensions)).items()
        for index, header in enumerate(headers[:_MOST_COLUMNS])
        if (score := _likeness(header, words)) >= _ENOUGH
    ]
    mapping: dict[str, int] = {}
    # The best match first; of equals, the column further to the left.
    for _, negative, target in sorted(scores, reverse=True):
        if target not in mapping and -negative not in mapping.values():
            mapping[target] = -negative
    columns = [[row[index] for row in rows] for index in range(len(headers))]
    _by_values(mapping, columns, decimal_comma)
    return mapping


def read_pair(cell: str) -> Point | None:
    """Return the latitude and longitude of a cell such as ``60.17, 24.94``; None when it is no such pair."""
    pair = _PAIR.fullmatch(cell.strip()) or _PAIR_WITH_COMMAS.fullmatch(cell.strip())
    return None if pair is None else (float(pair[1].replace(",", ".")), float(pair[2].replace(",", ".")))


def known_header(header: str) -> bool:
    """Whether a cell is a header that people use."""
    return any(_likeness(header, words) >= _ENOUGH for words in _words(()).values())


def is_number(cell: str) -> bool:
    """Whether a cell is a number with a decimal point or comma."""
    try:
        read_number(cell.strip().replace(",", "."))
    except CellError:
        return False
    return True


@lru_cache(maxsize=8)
def _words(dimensions: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    words = {target: tuple(text.split("|")) for target, text in _HEADERS.items()}
    for general, key in ((_DEMAND, "demand"), (_PICKUP, "pickup")):
        for name in dimensions or ("",):
            plain = _plain(name)
            units = [unit for group in _UNITS if plain in group.split("|") for unit in group.split("|")] or [plain]
            if len(dimensions) < 2 and units == [plain]:  # a "load" may be of any unit when there is no other
                units += [unit for group in _UNITS for unit in group.split("|")]
            both = [f"{word} {unit}" for word in general.split("|") for unit in units]
            alone = general.split("|") if len(dimensions) < 2 else []
            words[f"{key} {name}"] = (*both, *alone, *(units if key == "demand" else []))
    return words


def _plain(header: str) -> str:
    """Return a header in lower case, without accents and punctuation."""
    folded = unicodedata.normalize("NFKD", header.casefold().replace("³", "3"))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _LETTERS.sub(" ", bare).strip()


@lru_cache(maxsize=4096)  # a header is looked at once per delimiter that is tried, and once more for the mapping
def _likeness(header: str, words: tuple[str, ...]) -> float:
    plain = _plain(header)
    if not plain:
        return 0.0
    if plain in words:
        return 1.0 - words.index(plain) / 10_000  # synonyms stand in order of how sure they are
    without_unit = plain.rsplit(" ", 1)[0] if plain.endswith(_AFTER_A_TITLE) else plain
    if without_unit in words:
        return 0.89
    if not 4 <= len(plain) <= _LONGEST_HEADER:
        return 0.0
    # Short words are alike by accident; a misspelt long one is still recognised.
    matcher = SequenceMatcher(b=plain, autojunk=False)
    best = 0.0
    for word in words:
        if len(word) > 3 and abs(len(word) - len(plain)) <= 3:
            matcher.set_seq1(word)
            if matcher.quick_ratio() > best:
                best = max(best, matcher.ratio())
    return 0.95 * best


def _by_values(mapping: dict[str, int], columns: Sequence[Sequence[str]], decimal_comma: bool) -> None:
    """Find coordinates and windows that no header names, and exchange coordinates that are the wrong way round."""
    numbers = [_numbers(column, decimal_comma) for column in columns]

    def free(index: int) -> bool:
        return index not in mapping.values()

    if "coordinates" in mapping and not any(read_pair(cell) for cell in columns[mapping["coordinates"]]):
        del mapping["coordinates"]
    if "lat" not in mapping and "lon" not in mapping and "coordinates" not in mapping:
        pairs = [
            index for index, column in enumerate(columns) if free(index) and column and all(map(read_pair, column))
        ]
        degrees = [index for index, values in enumerate(numbers) if free(index) and _look_like_degrees(values)]
        if pairs:
            mapping["coordinates"] = pairs[0]
        elif len(degrees) >= 2:
            mapping["lat"], mapping["lon"] = degrees[:2]
    if "lat" in mapping and "lon" in mapping:
        # By the middle value: a single one out of range is a mistake in that row.
        lat, lon = (median(map(abs, numbers[mapping[key]] or [0.0])) for key in ("lat", "lon"))
        if lon <= 90 < lat <= 180:
            mapping["lat"], mapping["lon"] = mapping["lon"], mapping["lat"]
    if not {"windows", "window start", "window end"} & mapping.keys():
        spans = [index for index, column in enumerate(columns) if free(index) and _are_windows(column)]
        if spans:
            mapping["windows"] = spans[0]


def _numbers(column: Sequence[str], decimal_comma: bool) -> list[float]:
    values = []
    for cell in column:
        try:
            values.append(read_number(cell.strip().replace(",", ".") if decimal_comma else cell.strip()))
        except CellError:
            if cell.strip():
                return []
    return values


def _look_like_degrees(values: Sequence[float]) -> bool:
    fine = sum(1 for value in values if abs(value * 100 - round(value * 100)) > 1e-6)
    return len(values) > 0 and all(abs(value) <= 180 for value in values) and fine * 2 >= len(values)


def _are_windows(column: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in column if cell.strip()]
    for cell in filled:
        try:
            read_windows(cell)
        except CellError:
            return False
    return bool(filled)
