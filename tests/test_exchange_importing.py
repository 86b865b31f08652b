"""From foreign files to the files of a list: new entries, completed ones, links, subsets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from listkeeper.edition import load
from listkeeper.errors import FindingsError, UsageError
from listkeeper.exchange.formats import Reading, read_foreign
from listkeeper.exchange.importing import Imported, Request, import_files
from listkeeper.exchange.linking import Subset
from listkeeper.exchange.report import rejects_csv
from listkeeper.store.files import write_all
from listkeeper.store.placing import lies_by_hundred, path_of
from listkeeper.store.turtle import fmt
from listkeeper.store.workspace import open_workspace
from repository import edition_of

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.model import Concept

DEFINITIONS = """
def:partOfFunction a def:LinkType ; owl:inverseOf def:contains ;
    def:domainList <list/services> ; def:rangeList <list/functions> .
def:hasInteraction a def:LinkType ; owl:inverseOf def:interactionOf ;
    def:domainList <list/services> ; def:rangeList <list/functions> .
"""
SERVICES = """
<list/services> a skos:ConceptScheme ; def:segment "service" ; def:conceptClass def:Service ;
    def:formerSpace "http://id.esd.org.uk/service/" .
"""
INTERNAL = "<list/internal> a skos:ConceptScheme ; def:subsetOf <list/services> ."
FUNCTIONS = """
<list/functions> a skos:ConceptScheme ; def:segment "function" ; def:conceptClass def:Function .
"""
FUNCTION = """
<function/2> a skos:Concept, def:Function ; skos:inScheme <list/functions> ; skos:notation "2" ;
    skos:prefLabel "Advice"@en .
"""
LISTS = {
    "definitions.ttl": DEFINITIONS,
    "services/list.ttl": SERVICES,
    "services/list-internal.ttl": INTERNAL,
    "functions/list.ttl": FUNCTIONS,
    "functions/2.ttl": FUNCTION,
}
ENTRY = """
# Kept by the editors.
<service/53> a skos:Concept, def:Service ; skos:inScheme <list/services> ; skos:notation "53" ;
    skos:prefLabel "Centres for children"@en ; # agreed in May
    skosxl:hiddenLabel <service/53#former-4> ; dct:created "2010-01-01"^^xsd:date .
<service/53#former-4> a skosxl:Label ; skosxl:literalForm "Parents centres"@en .
"""

LIST = """\
Identifier,Label,Created,Modified,History notes,Type
53,Children's centres,2013-04-03,2013-04-04,Added to the internal list. \
Name changed from 'Parents centres' to 'Families' in version 3.00. Name changed in 4.00.,Service
"""
MAPPED = """\
Identifier,Label,Type,Mapping type,Mapped identifier,Mapped label,Mapped type
2,Advice,Function,contains,190,Benefits advice,Service
9,Nothing,Function,contains,190,Benefits advice,Service
"""


def importing(
    edition: Edition,
    *files: str,
    list_name: str = "services",
    reading: Reading | None = None,
    link: str = "",
    subsets: tuple[Subset, ...] = (),
) -> Imported:
    """Import texts named a.csv, b.csv and so on."""
    read = tuple(
        read_foreign(text.encode(), f"{name}.csv", reading or Reading())
        for name, text in zip("ab", files, strict=False)
    )
    return import_files(
        edition, Request(list_name=list_name, files=read, link=link, subsets=subsets)
    )


def written(edition: Edition, imported: Imported, folder: Path) -> dict[str, Concept]:
    """Write what was imported, read it back, and give the entries by address."""
    write_all(folder, imported.contents)
    again = load(open_workspace(folder))
    assert again.unreadable == ()
    assert edition.settings == again.settings
    return {concept.address: concept for concept in again.vocabulary.concepts.values()}


def test_a_new_entry_is_written_canonically(tmp_path: Path) -> None:
    """Facts alone: code, label, dates, former names, where the code comes from; not reviewed."""
    imported = importing(edition_of(tmp_path, LISTS), LIST)
    text = imported.contents["vocabularies/services/53.ttl"].decode()

    assert (
        text.split("\n\n", 1)[1]
        == """\
<service/53>
    a skos:Concept, def:Service ;
    skos:inScheme <list/services> ;
    skos:notation "53" ;
    skos:prefLabel "Children's centres"@en ;
    skosxl:hiddenLabel <service/53#former-1>,
        <service/53#former-2> ;
    def:reviewStatus <status/not-reviewed> ;
    skos:exactMatch <http://id.esd.org.uk/service/53> ;
    adms:status <status/current> ;
    dct:created "2013-04-03"^^xsd:date ;
    dct:modified "2013-04-04"^^xsd:date .

<service/53#former-1>
    a skosxl:Label ;
    skosxl:literalForm "Parents centres"@en ;
    def:replacedIn "3.00" ;
    dct:source "History notes of the LGA's list" .

<service/53#former-2>
    a skosxl:Label ;
    skosxl:literalForm "Families"@en ;
    def:replacedIn "4.00" ;
    dct:source "History notes of the LGA's list" .
"""
    )


def test_what_an_entry_says_stays_and_what_it_lacks_is_added(tmp_path: Path) -> None:
    """Label and date differ and are told; comments stay; former names are numbered on."""
    edition = edition_of(tmp_path, {**LISTS, "services/53.ttl": ENTRY})
    imported = importing(edition, LIST)
    text = imported.contents["vocabularies/services/53.ttl"].decode()
    entry = written(edition, imported, tmp_path)["service/53"]

    assert "# Kept by the editors." in text
    assert "# agreed in May" in text
    assert entry.label().value == "Centres for children"
    assert (entry.created, entry.modified) == ("2010-01-01", "2013-04-04")
    assert [(f.uri.rpartition("#")[2], f.label.value) for f in entry.former_labels] == [
        ("former-4", "Parents centres"),
        ("former-5", "Families"),
    ]
    assert (entry.status, entry.review) == ("current", "")
    assert [(note.kind, note.message) for note in imported.report.notes] == [
        (
            "other-label",
            (
                "label \"Children's centres\" differs from 'Centres for children', which is held; "
                "left as it is"
            ),
        ),
        ("date", "created 2013-04-03 differs from 2010-01-01, which is held; left as it is"),
    ]


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, LISTS)
    write_all(tmp_path, importing(edition, LIST, MAPPED).contents)
    again = importing(load(open_workspace(tmp_path)), LIST, MAPPED)

    assert again.contents == {}
    assert (again.report.added, again.report.completed, again.report.unchanged) == (0, 0, 2)


def test_what_is_written_is_canonical(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, {**LISTS, "services/53.ttl": ENTRY})
    minter = edition.minter
    for data in importing(edition, LIST, MAPPED).contents.values():
        text = data.decode()
        assert fmt(text, base=minter.identifiers, prefixes=minter.prefixes) == text


def test_a_mapping_becomes_the_link_it_is_the_inverse_of(tmp_path: Path) -> None:
    """`contains` is the other direction of partOfFunction, which services author."""
    edition = edition_of(tmp_path, LISTS)
    entry = written(edition, importing(edition, MAPPED), tmp_path)["service/190"]

    assert entry.links == {
        "https://lists.example.org/def/partOfFunction": ("https://lists.example.org/id/function/2",)
    }


def test_a_link_to_nothing_is_not_taken_and_the_row_is_kept(tmp_path: Path) -> None:
    report = importing(edition_of(tmp_path, LISTS), MAPPED).report

    assert [note.line for note in report.notes] == [
        (
            "a.csv:3: 190: partOfFunction: 9 is not held in functions; import functions first, or "
            "correct the code [link, rejected]"
        )
    ]
    assert report.rejected == 1
    assert rejects_csv(report.notes).decode() == (
        "file,line,reason,Identifier,Label,Type,Mapping type,Mapped identifier,Mapped label,"
        "Mapped type\r\n"
        'a.csv,3,"partOfFunction: 9 is not held in functions; import functions first, or correct '
        'the code",9,Nothing,Function,contains,190,Benefits advice,Service\r\n'
    )


RELATIONS = [
    # relation in the file, --link, kinds of link of the entry, notes
    ("contains", "", ["partOfFunction"], []),
    ("contains", "hasInteraction", ["hasInteraction"], []),
    ("holds", "partOfFunction", ["partOfFunction"], []),
    ("holds", "", [], ["relation"]),
]


@pytest.mark.parametrize(("relation", "link", "names", "notes"), RELATIONS)
def test_a_relation_goes_by_its_name_or_by_the_link_asked_for(
    relation: str, link: str, names: list[str], notes: list[str], tmp_path: Path
) -> None:
    text = MAPPED.replace("contains", relation).replace("\n9,", "\n2,")
    edition = edition_of(tmp_path, LISTS)
    imported = importing(edition, text, link=link)
    entry = written(edition, imported, tmp_path)["service/190"]

    assert [uri.rpartition("/")[2] for uri in entry.links] == names
    assert [note.kind for note in imported.report.notes] == notes


def test_links_authored_on_the_other_side_are_passed_over(tmp_path: Path) -> None:
    """Importing functions from a mapped file says nothing about the services in it."""
    report = importing(edition_of(tmp_path, LISTS), MAPPED, list_name="functions").report

    assert [note.kind for note in report.notes] == []
    assert (report.added, report.unchanged) == (1, 1)


def test_pairs_add_links_to_entries_that_are_held(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, {**LISTS, "services/53.ttl": ENTRY})
    reading = Reading(columns={"from": "LGSL", "to": "LGIL"}, pairs="hasInteraction")
    imported = importing(edition, "LGSL,LGIL\n53,2\n53,3\n54,2\n", reading=reading)
    entry = written(edition, imported, tmp_path)["service/53"]

    assert [uri.rpartition("/")[2] for uri in entry.links] == ["hasInteraction"]
    assert [(note.row.line, note.kind) for note in imported.report.notes] == [
        (3, "link"),
        (4, "link"),
    ]
    assert (imported.report.completed, imported.report.rejected) == (1, 2)


def test_parents_become_broader_unless_they_are_not_held(tmp_path: Path) -> None:
    header = "Identifier,Label,Type,Parent identifiers\n"
    edition = edition_of(tmp_path, LISTS)
    text = header + "3,Rights,Function,2\n4,Lost,Function,99\n5,Itself,Function,5\n"
    imported = importing(edition, text, list_name="functions")
    entries = written(edition, imported, tmp_path)

    assert entries["function/3"].broader == ("https://lists.example.org/id/function/2",)
    assert entries["function/4"].broader == entries["function/5"].broader == ()
    assert [(note.kind, note.message) for note in imported.report.notes] == [
        ("parent", "its parent 99 is not held; left out"),
        ("parent", "its parent is itself; left out"),
    ]


def test_subsets_have_the_entries_that_there_is_evidence_for(tmp_path: Path) -> None:
    """A file that has its members, or words in the history notes."""
    edition = edition_of(tmp_path, LISTS)
    by_note = (Subset(name="internal", phrase="to the Internal list"),)
    by_file = (Subset(name="internal", evidence=read_foreign(MAPPED.encode(), "x", Reading())),)
    members = [
        [path for path, data in imported.contents.items() if b"<list/internal>" in data]
        for imported in (
            importing(edition, LIST, MAPPED, subsets=by_note),
            importing(edition, LIST, MAPPED, subsets=by_file),
        )
    ]

    assert members == [["vocabularies/services/53.ttl"], ["vocabularies/services/190.ttl"]]


def test_two_codes_with_one_label_are_both_taken_and_told(tmp_path: Path) -> None:
    text = "Identifier,Label,Type\n41,Utilites,Function\n92,Utilites,Function\n"
    imported = importing(edition_of(tmp_path, LISTS), text, list_name="functions")

    assert sorted(imported.contents) == [
        "vocabularies/functions/41.ttl",
        "vocabularies/functions/92.ttl",
    ]
    assert [note.line for note in imported.report.notes] == [
        (
            "a.csv:3: 92: label 'Utilites' is also that of 41; both are taken; give one another "
            "label [duplicate-label, taken]"
        )
    ]


def test_a_doubled_label_of_held_entries_is_not_told_again(tmp_path: Path) -> None:
    """The editor may have given one of them another label since."""
    text = "Identifier,Label,Type\n41,Utilites,Function\n92,Utilites,Function\n"
    edition = edition_of(tmp_path, LISTS)
    write_all(tmp_path, importing(edition, text, list_name="functions").contents)
    again = importing(load(open_workspace(tmp_path)), text, list_name="functions")

    assert again.report.notes == ()


def test_an_unconfirmed_label_is_marked_and_never_stands_against_a_held_one(
    tmp_path: Path,
) -> None:
    edition = edition_of(tmp_path, {**LISTS, "services/53.ttl": ENTRY})
    reading = Reading(columns={"code": "c", "label": "l"}, unconfirmed=True)
    imported = importing(edition, "c,l\n53,Find a centre\n1788,Find help\n", reading=reading)
    entry = written(edition, imported, tmp_path)["service/1788"]

    assert (entry.label_unconfirmed, entry.label().value) == (True, "Find help")
    assert imported.report.notes == ()


def test_entries_in_one_file_are_all_completed(tmp_path: Path) -> None:
    """A whole vocabulary in one file gets what each of its entries lacks."""
    other = ENTRY.replace("service/53", "service/54").replace('"53"', '"54"')
    files = {"definitions.ttl": DEFINITIONS, "services.ttl": SERVICES + ENTRY + other}
    edition = edition_of(tmp_path, files)
    text = "Identifier,Label,Modified,Type\n53,A,2013-04-04,Service\n54,B,2013-04-04,Service\n"
    entries = written(edition, importing(edition, text), tmp_path)

    assert [entries[f"service/{code}"].modified for code in (53, 54)] == ["2013-04-04"] * 2


def test_the_date_of_a_held_entry_decides_the_order(tmp_path: Path) -> None:
    """Held: created on 2010-03-05; so 3/5/10 in the file is month first, and 4/6/10 too."""
    held = ENTRY.replace("2010-01-01", "2010-03-05")
    edition = edition_of(tmp_path, {**LISTS, "services/53.ttl": held})
    text = "Identifier,Label,Created,Type\n53,A,3/5/10,Service\n54,B,4/6/10,Service\n"
    entries = written(edition, importing(edition, text), tmp_path)

    assert entries["service/54"].created == "2010-04-06"


def test_rows_are_counted_by_their_gravest_note(tmp_path: Path) -> None:
    """Taken, changed and rejected part the rows of the list; the rest is of other lists."""
    rows = "1,A,Service\n2,B ,Service\n3-Mar,C ,Service\n4,D,Function\n5,E,Service,6\n"
    report = importing(edition_of(tmp_path, LISTS), "Identifier,Label,Type\n" + rows).report
    (count,) = report.files

    assert (count.read, count.taken, count.changed, count.rejected, count.other) == (5, 1, 1, 2, 1)
    assert count.line == (
        "a.csv (list CSV): 5 rows read, 1 taken as they are, 1 taken with a change, 2 rejected, "
        "1 of other lists"
    )


CONTROLLED = """\
<ControlledList xmlns="http://www.esd.org.uk/standards"><Item Id="53"><Name>Centres</Name>
<AlternativeName>Family centres</AlternativeName><AlternativeName> centres </AlternativeName>
<AlternativeName>family centres</AlternativeName></Item></ControlledList>
"""


def test_alternative_names_are_other_labels_once(tmp_path: Path) -> None:
    """Those that are the label in other words of spaces and case are none."""
    edition = edition_of(tmp_path, LISTS)
    entry = written(edition, importing(edition, CONTROLLED), tmp_path)["service/53"]

    assert [text.value for text in entry.alt_labels] == ["Family centres"]
    assert importing(load(open_workspace(tmp_path)), CONTROLLED).contents == {}


def test_an_entry_without_a_label_gets_one(tmp_path: Path) -> None:
    bare = '<service/53> a skos:Concept ; skos:notation "53" ; skos:inScheme <list/services> .'
    edition = edition_of(tmp_path, {**LISTS, "services/53.ttl": bare})
    entry = written(edition, importing(edition, LIST), tmp_path)["service/53"]

    assert entry.label().value == "Children's centres"


def test_a_list_that_names_no_class_takes_entries_of_no_type(tmp_path: Path) -> None:
    """Its entries are concepts and nothing more; former addresses it has none."""
    plain = '<list/plain> a skos:ConceptScheme ; def:segment "plain" .'
    edition = edition_of(tmp_path, {"plain/list.ttl": plain})
    imported = importing(edition, "Identifier,Label\n1,A\n", list_name="plain")
    entry = written(edition, imported, tmp_path)["plain/1"]

    assert entry.types == ("http://www.w3.org/2004/02/skos/core#Concept",)
    assert entry.mappings == ()


def test_a_file_in_the_way_is_never_overwritten(tmp_path: Path) -> None:
    """The name is taken by a file that describes something else."""
    other = ENTRY.replace("service/53", "service/54").replace('"53"', '"54"')
    imported = importing(edition_of(tmp_path, {**LISTS, "services/53.ttl": other}), LIST)

    assert imported.contents == {}
    assert [note.kind for note in imported.report.notes] == ["file"]
    assert imported.report.rejected == 1


def test_a_list_with_a_broken_file_is_left_alone(tmp_path: Path) -> None:
    """An entry that cannot be read must not be taken for one that is not there."""
    edition = edition_of(tmp_path, {**LISTS, "services/9.ttl": "<service/9> a"})

    with pytest.raises(FindingsError, match=r"services/9\.ttl:.*put it right before importing"):
        importing(edition, LIST)


WRONG = [
    ({"list_name": "servces"}, "no list servces; did you mean services?"),
    ({"list_name": "xyz"}, "no list xyz; there are "),
    ({"list_name": "internal"}, "no list internal; it is a subset: import into services"),
    ({"link": "partOfFuncton"}, "begins at services; did you mean partOfFunction?"),
    ({"subsets": (Subset(name="external"),)}, "no subset external of services; describe it in"),
]


@pytest.mark.parametrize(("words", "message"), WRONG)
def test_a_name_that_does_not_exist_is_told_with_the_nearest(
    words: dict[str, str], message: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError) as caught:
        importing(edition_of(tmp_path, LISTS), LIST, **words)  # type: ignore[arg-type]  # one table for options of two types

    assert message in str(caught.value)


FOLDERS = [
    ([], 900, False),
    ([], 901, True),
    (["vocabularies/services/05/559.ttl"], 1, True),
    (["vocabularies/services/559.ttl"], 1, False),
    (["vocabularies/other/05/559.ttl"], 1, False),
]


@pytest.mark.parametrize(("paths", "coming", "by_hundred"), FOLDERS)
def test_numbered_entries_lie_by_the_hundred_where_others_do_or_there_are_many(
    paths: list[str], coming: int, *, by_hundred: bool
) -> None:
    assert lies_by_hundred(paths, "services", coming) is by_hundred


def test_a_name_that_is_no_number_lies_flat() -> None:
    assert path_of("x", "Gender_Female", by_hundred=True) == "vocabularies/x/Gender_Female.ttl"
    assert path_of("x", "200001", by_hundred=True) == "vocabularies/x/2000/200001.ttl"
