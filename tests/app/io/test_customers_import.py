from pathlib import Path

import pytest

from app.io import MappingStore, import_customers, preview
from app.io.customers_import import Preview
from app.model.scenario import DAY, Customer, Scenario
from tests.app.io.scenarios import full_scenario

LOADS = ("kg", "m3")


def mapped(seen: Preview) -> dict[str, str]:
    return {target: seen.columns[index] for target, index in seen.mapping.items()}


def taken(seen: Preview) -> tuple[Customer, ...]:
    customers, issues = import_customers(seen, seen.mapping, full_scenario())
    assert [str(one) for one in issues] == []
    return customers


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Order ID,Customer name,Latitude,Longitude,Weight (kg),Service time,From,To,Comments",
         ("id", "name", "lat", "lon", "demand kg", "service", "window start", "window end", "notes")),
        ("Kundennr,Firma,Breitengrad,Längengrad,Gewicht,Dauer,Zeitfenster,Priorität,Bemerkung",
         ("id", "name", "lat", "lon", "demand kg", "service", "windows", "priority", "notes")),
        ("Asiakasnumero,Nimi,Leveysaste,Pituusaste,Paino,Tilavuus,Palveluaika,Aikaikkuna,Huomautus",
         ("id", "name", "lat", "lon", "demand kg", "demand m3", "service", "windows", "notes")),
        ("N° client,Société,Latitude,Longitude,Poids,Durée,Créneau,Priorité,Remarques",
         ("id", "name", "lat", "lon", "demand kg", "service", "windows", "priority", "notes")),
        ("Código,Nombre,Latitud,Longitud,Peso,Duración,Ventana horaria,Prioridad,Observaciones",
         ("id", "name", "lat", "lon", "demand kg", "service", "windows", "priority", "notes")),
        ("Auftragsnr,Empfaenger,Geo-Breite,Geo-Laenge,Bruttogewicht,Ladevolumen,Aufenthalt (Minuten),Hinweis",
         ("id", "name", "lat", "lon", "demand kg", "demand m3", "service", "notes")),
        ("Kunden-Nr.,Filiale,GPS-Breite,Laengengrad,Aufenthalt,Öffnungszeiten,Kundengruppe,Anmerkung,Leergut kg",
         ("id", "name", "lat", "lon", "service", "windows", "profile", "notes", "pickup kg")),
        ("Lfd. Nr.,Firma,Breite,Länge,Haltezeit [min],Lieferung ab,Lieferung bis,Pflichtkunde",
         ("id", "name", "lat", "lon", "service", "window start", "window end", "required")),
        ("Order No,Company Name,Latitude,Longitude,Gross Weight (kg),Dwell Time,Not Before,Not After,Instructions",
         ("id", "name", "lat", "lon", "demand kg", "service", "window start", "window end", "notes")),
        ("Account,Site Name,GPS Latitude,GPS Longitude,Time on site (mins),Delivery Slot,Customer Group,Driver Notes",
         ("id", "name", "lat", "lon", "service", "windows", "profile", "notes")),
        ("custmer_no,name,LAT,LNG,pickup kg,required,profile,longtitude error,x9",
         ("id", "name", "lat", "lon", "pickup kg", "required", "profile", None, None)),
    ],
)  # fmt: skip
def test_headers_in_five_languages(header: str, expected: tuple[str | None, ...]) -> None:
    row = ",".join(["60.17123"] * header.count(",")) + ",1\n"
    seen = preview(f"{header}\n{row}".encode(), LOADS)
    guessed = {index: target for target, index in seen.mapping.items()}
    assert tuple(guessed.get(index) for index in range(header.count(",") + 1)) == expected


@pytest.mark.parametrize(
    "header",
    ["Straße,Hausnummer,PLZ,Ort,Land,Telefon,Ansprechpartner,E-Mail,Lieferdatum,Tour,Fahrer,Fahrzeug,Bestelldatum",
     "Street,House Number,Postcode,City,Country,Phone,Contact,Email,Delivery Date,Order Date,Route,Driver,Vehicle"],
)  # fmt: skip
def test_addresses_are_known_and_dates_are_nothing_that_is_planned_with(header: str) -> None:
    row = ",".join(["abc"] * header.count(",")) + ",abc\n"
    assert preview(f"{header}\n{row}".encode(), LOADS, has_header=True).mapping == {
        "street": 0,
        "house number": 1,
        "postcode": 2,
        "city": 3,
    }


def test_a_spreadsheet_of_germany() -> None:
    table = "Kundennr;Firma;Breite;Länge;Gewicht (kg);Zeitfenster;Straße\n1;Müller;60,17;24,94;12,5;8-10;Königsallee\n"
    seen = preview(table.encode("cp1252"), LOADS)
    assert (seen.encoding, seen.delimiter, seen.decimal, seen.has_header) == ("cp1252", ";", ",", True)
    (one,) = taken(seen)
    assert (one.id, one.name, one.lat, one.lon, one.demand) == ("1", "Müller", 60.17, 24.94, (12.5, 0.0))
    assert one.windows == ((8 * 3600, 10 * 3600),)
    assert one.extra == (("Straße", "Königsallee"),)


def test_a_file_without_header_is_known_by_its_values() -> None:
    seen = preview(b"Aino,60.16999,24.93841\nBo,60.18123,24.95001\n", LOADS)
    assert not seen.has_header
    assert mapped(seen) == {"lat": "Column 2", "lon": "Column 3"}
    assert [one.id for one in taken(seen)] == ["C1", "C2"]


def test_coordinates_the_wrong_way_round_are_exchanged() -> None:
    seen = preview(b"lat,lon\n151.2093,-33.8688\n", LOADS)
    assert mapped(seen) == {"lat": "lon", "lon": "lat"}


def test_coordinates_in_one_column() -> None:
    seen = preview(b'name,GPS\nA,"60.17, 24.94"\nB,x\n', LOADS)
    customers, issues = import_customers(seen, seen.mapping, full_scenario())
    assert [(one.lat, one.lon) for one in customers] == [(60.17, 24.94)]
    assert [(issue.row, issue.column, issue.value) for issue in issues] == [(3, "GPS", "x")]


def test_what_the_user_says_goes_before_the_guess() -> None:
    data = "nimi;a;b\nŁódź;1,5;2,5\n".encode("cp1250")
    seen = preview(data, LOADS, encoding="cp1250", has_header=False, decimal=".", delimiter=";")
    assert (seen.has_header, seen.decimal, seen.rows[1].cells[0]) == (False, ".", "Łódź")
    customers, issues = import_customers(
        preview(data, LOADS, encoding="cp1250"), {"name": 0, "lat": 1, "lon": 2}, Scenario()
    )
    assert [(one.name, one.lat) for one in customers] == [("Łódź", 1.5)]
    assert issues == ()


def test_from_and_to_make_a_window() -> None:
    seen = preview(b"lat,lon,from,to\n1,2,8,16:30\n1,2,,12:00\n1,2,9,\n1,2,,\n", LOADS)
    spans = [one.windows for one in taken(seen)]
    assert spans == [((28800, 59400),), ((0, 43200),), ((32400, DAY),), ()]


def test_every_row_that_cannot_be_used_is_listed() -> None:
    table = (
        "id,lat,lon,kg,profile\n"
        "c1,60,24,1,\n"  # the scenario has it
        "n1,60,24,1,Shops\n"
        "n1,60,24,1,\n"
        "n2,95,24,1,\n"
        "n3,60,,1,\n"
        "n4,60,24,many,\n"
        "n5,60,24,1,nobody\n"
        ",60,24,1,\n"
        "n6,60,24,1,,surplus\n"
    )
    seen = preview(table.encode(), LOADS)
    customers, issues = import_customers(seen, seen.mapping, full_scenario())
    assert [(one.id, one.profile) for one in customers] == [("n1", "shops")]
    assert [(issue.row, issue.column) for issue in issues] == [
        (2, "id"), (4, "id"), (5, "lat"), (6, "lon"), (7, "kg"), (8, "profile"), (9, "id"), (10, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"\n\n", b"id,lat,lon\n", b"PK\x03\x04rest", b"\xff\xfe\x00"])
def test_a_file_without_customers_is_an_issue(data: bytes) -> None:
    seen = preview(data, LOADS)
    assert seen.issues
    assert import_customers(seen, seen.mapping, full_scenario())[0] == ()


def test_a_file_that_does_not_exist(tmp_path: Path) -> None:
    assert preview(tmp_path / "none.csv").issues


def test_a_mapping_is_remembered_by_the_header(tmp_path: Path) -> None:
    store = MappingStore(tmp_path / "mappings.json")
    seen = preview(b"A,B,C\nx,1,2\n", LOADS, has_header=True)
    assert store.recall(seen) is None
    store.remember(seen, {"name": 0, "lat": 1, "lon": 2})
    again = preview(b" a ;b;c\ny;3;4\nz;5;6\n", LOADS, has_header=True)
    assert MappingStore(tmp_path / "mappings.json").recall(again) == {"name": 0, "lat": 1, "lon": 2}
    assert store.recall(preview(b"A,B\nx,1\n", LOADS, has_header=True)) is None


def test_a_file_without_header_is_not_remembered(tmp_path: Path) -> None:
    store = MappingStore(tmp_path / "mappings.json")
    store.remember(preview(b"x,1.23456,2.34567\n", LOADS), {"lat": 1, "lon": 2})
    assert not (tmp_path / "mappings.json").exists()


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b"[" * 10**5])
def test_a_damaged_store_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mappings.json").write_bytes(content)
    store = MappingStore(tmp_path / "mappings.json")
    seen = preview(b"A,B,C\nx,1,2\n", LOADS, has_header=True)
    assert store.recall(seen) is None
    store.remember(seen, {"lat": 1, "lon": 2})
    assert store.recall(seen) == {"lat": 1, "lon": 2}


def test_a_load_of_no_particular_unit_takes_a_weight() -> None:
    seen = preview("Kundennummer;Breitengrad;Längengrad;Gewicht kg\n1;60,1;24,9;12\n".encode())
    assert mapped(seen)["demand load"] == "Gewicht kg"


@pytest.mark.parametrize("data", [b"", b"lat,lon\n", b"PK\x03\x04", bytes(range(256))])
def test_a_file_without_any_row_has_one_thing_wrong(data: bytes) -> None:
    seen = preview(data, LOADS)
    customers, issues = import_customers(seen, seen.mapping, full_scenario())
    assert customers == ()
    assert len(issues) == 1


def test_what_the_model_refuses_is_named_by_its_column() -> None:
    seen = preview(b"lat,lon,Weight (kg)\n60.1,24.9,-5\n", LOADS)
    _, (issue,) = import_customers(seen, seen.mapping, full_scenario())
    assert (issue.row, issue.column, issue.value) == (2, "Weight (kg)", "-5")
