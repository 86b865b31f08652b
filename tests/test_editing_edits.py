"""Named edits: what each changes in which file, and what it refuses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pytest

from edited import FILES, TODAY, after, edited, entry, lists, save, text
from listkeeper.editing.creating import NewEntry, create, successor
from listkeeper.editing.draft import Draft
from listkeeper.editing.kinds import kebab, link_kind, link_kinds
from listkeeper.editing.linking import link, record_none, unlink
from listkeeper.editing.naming import rename
from listkeeper.editing.pointers import Links
from listkeeper.editing.renumbering import Standing, renumber, withdraw
from listkeeper.editing.retiring import accept, merge, reinstate, replace, retire, split
from listkeeper.edition import load
from listkeeper.errors import UsageError
from listkeeper.store.assets import find_assets
from listkeeper.validate.caused import errors_caused

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.editing.draft import Edit
    from listkeeper.store.workspace import Workspace

NEED: Final = "needs/10001.ttl"
SERVICE: Final = "services/1.ttl"


@pytest.fixture
def repository(tmp_path: Path) -> Workspace:
    return lists(tmp_path)


def on(code: str, function: Any, *codes: str, **more: Any) -> Any:  # noqa: ANN401 - any edit
    """Make a step of an edit of entries, which are named by their codes."""

    def step(draft: Draft) -> None:
        named = [entry(draft.edition, name) for name in (code, *codes)]
        function(draft, *named, **more)

    return step


def by(kind: str, code: str, target: str, function: Any) -> Any:  # noqa: ANN401 - any edit
    """Make a step that links two entries, or takes a link back."""

    def step(draft: Draft) -> None:
        found = link_kind(draft.edition, kind)
        function(draft, entry(draft.edition, code), found, entry(draft.edition, target))

    return step


def new_errors(workspace: Workspace, edit: Edit) -> set[str]:
    """Give the codes of the errors that an edit causes."""
    shapes = find_assets("shapes", None)
    return {f.code for f in errors_caused(load(workspace), after(workspace, edit), shapes)}


# New entries


def test_a_new_entry(repository: Workspace) -> None:
    """It has the class of its list, its links, and a definition that is marked as a draft."""

    def step(draft: Draft) -> None:
        vocabulary = draft.edition.vocabulary
        meets = link_kind(draft.edition, "meets-need")
        entry_ = NewEntry(
            scheme=vocabulary.schemes["internal"],
            notation="200010",
            label="  Cycle   hire ",
            definition="Bicycles that anyone may take for an hour and leave at another place.",
            alt_labels=("Bike hire",),
            links=((meets, entry(draft.edition, "need/10001")),),
        )
        create(draft, entry_)

    edit = edited(repository, step)

    assert list(edit.contents) == ["vocabularies/services/2000/200010.ttl"]
    made = after(repository, edit).vocabulary.concepts
    concept = next(c for c in made.values() if c.notation == "200010")
    assert concept.label().value == "Cycle hire"
    assert [uri.rsplit("/")[-1] for uri in concept.in_schemes] == ["internal", "services"]
    assert (concept.created, concept.modified, concept.status) == (TODAY, TODAY, "current")
    assert [(r.status, r.date, r.author_role) for r in concept.text_records] == [
        ("draft", TODAY, "Editor")
    ]
    assert new_errors(repository, edit) == set()


def test_a_new_entry_without_a_definition_is_marked(repository: Workspace) -> None:
    """Nobody has reviewed it; a link that is authored at the other end is put there."""

    def step(draft: Draft) -> None:
        scheme = draft.edition.vocabulary.schemes["needs"]
        met = link_kind(draft.edition, "met-by")
        links = ((met, entry(draft.edition, "service/200001")),)
        create(draft, NewEntry(scheme=scheme, notation="10004", label="Light", links=links))

    edit = edited(repository, step)

    assert "def:reviewStatus <status/not-reviewed>" in text(edit, "needs/10004.ttl")
    service = text(edit, "services/20/200001.ttl")
    assert "def:meetsNeed <need/10004> ;" in service
    assert "noneKnown" not in service, "the record that none is known is outdated"
    assert new_errors(repository, edit) == set()


TAKEN: Final = (
    # code, why not
    ("1", "service/1 is taken: vocabularies/services/1.ttl"),
    ("3500", "service/3500 is kept back in ids.txt: another register's"),
    ("1-Mar", "looks like a date"),
    ("list", "is a name the site uses itself"),
)


@pytest.mark.parametrize(("code", "why"), TAKEN)
def test_a_code_that_may_not_be_used(repository: Workspace, code: str, why: str) -> None:
    def step(draft: Draft) -> None:
        scheme = draft.edition.vocabulary.schemes["services"]
        create(draft, NewEntry(scheme=scheme, notation=code, label="Cycle hire"))

    with pytest.raises(UsageError, match=why.replace(".", r"\.")):
        edited(repository, step)


# Links


def test_a_link_is_authored_on_its_side(repository: Workspace) -> None:
    """Whichever end it is named from; a comment in the file stays."""
    forth = edited(repository, by("meetsNeed", "service/1", "need/10003", link))
    back = edited(repository, by("met-by", "need/10003", "service/1", link))

    assert forth.contents == back.contents
    assert "def:meetsNeed <need/10002>,\n        <need/10003> ;" in text(forth, SERVICE)
    assert f'dct:modified "{TODAY}"^^xsd:date' in text(forth, SERVICE)


def test_a_broader_entry_is_a_link_too(repository: Workspace) -> None:
    edit = edited(repository, by("narrower", "need/10001", "need/10003", link))

    assert "skos:broader <need/10001> ;" in text(edit, "needs/10003.ttl")
    assert "# read by Ann" in text(edit, "needs/10003.ttl")
    assert "# not a firm" in text(edit, "needs/10003.ttl")


def test_a_record_of_one_kind_leaves_the_others(repository: Workspace) -> None:
    """A record that says of two kinds that none is known keeps the one that is still true."""
    old = "vocabularies/services/20/200001.ttl"
    data = (repository.root / old).read_text()
    two = data.replace(
        "def:linkType def:meetsNeed", "def:linkType def:meetsNeed, def:allowedByPower"
    )
    (repository.root / old).write_text(two)
    again = save(repository, edited(repository))

    edit = edited(again, by("meets-need", "service/200001", "need/10003", link))

    made = text(edit, "services/20/200001.ttl")
    assert "def:linkType def:allowedByPower ;" in made
    assert "def:noneKnown <service/200001#no-need>" in made


def test_none_known(repository: Workspace) -> None:
    """It takes the place of an older record, and never stands beside links."""
    kinds = [link_kind(load(repository), name) for name in ("meets-need", "power")]
    step = on("service/200001", record_none, kinds=kinds, looked_at="All pages.")
    edit = edited(repository, step)

    made = text(edit, "services/20/200001.ttl")
    assert "#no-need" not in made
    assert "<service/200001#none-meetsNeed>\n    a def:NoneKnown ;" in made
    assert made.count('def:lookedAt "All pages."@en') == 2
    assert new_errors(repository, edit) == set()
    with pytest.raises(UsageError, match="has such links: meetsNeed"):
        edited(repository, on("service/1", record_none, kinds=kinds, looked_at="All pages."))


UNKNOWN_KINDS: Final = (
    # what is written, the list, what is said
    ("meetsNeeds", "", "'meetsNeeds' is no kind of link; did you mean meets-need"),
    ("xyz", "services", "is no kind of link of services; there are allowed-by-power, meets-need"),
)


@pytest.mark.parametrize(("words", "list_name", "said"), UNKNOWN_KINDS)
def test_an_unknown_kind_of_link(
    repository: Workspace, words: str, list_name: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        link_kind(load(repository), words, list_name)


@pytest.mark.parametrize(
    "words", ["meetsNeed", "meets-need", "meets need", "def:meetsNeed", "need"]
)
def test_a_kind_of_link_by_any_of_its_names(repository: Workspace, words: str) -> None:
    assert link_kind(load(repository), words, "services").name == "meets-need"


def test_a_class_to_which_two_kinds_lead(tmp_path: Path) -> None:
    """Which is meant has to be said."""
    more = (
        "def:wantsNeed a def:LinkType ; def:domainList <list/services> ;"
        ' def:rangeList <list/needs> ; rdfs:label "wants need"@en .\n'
    )
    edition = load(lists(tmp_path, {"definitions.ttl": FILES["definitions.ttl"] + more}))

    assert {kind.name for kind in link_kinds(edition)} >= {"wants-need", "meets-need", "met-by"}
    with pytest.raises(UsageError, match="need may be wants-need or meets-need: say which"):
        link_kind(edition, "need", "services")
    assert kebab("PowerOrDuty") == "power-or-duty"


REFUSED: Final = (
    # step, what is said
    (by("need", "service/1", "need/10002", link), "meetsNeed need/10002 .Reading. already"),
    (by("need", "service/1", "need/10001", unlink), "meetsNeed need/10002 .Reading."),
    (on("service/1", rename, label="Libraries"), "is called so already"),
    (on("service/1", rename, label="  "), "a text is empty"),
    (on("service/1", rename, label="\udcff"), "is not UTF-8 text"),
    (on("service/200002", retire, reason="Gone."), "is retired already; see .listkeeper replace."),
    (on("service/1", reinstate), "is not retired"),
    (on("service/1", accept), "is current, not proposed"),
    (
        on("service/1", lambda d, c: retire(d, c, reason="Gone.", replaced_by=[c])),
        "can not replace itself",
    ),
    (
        on("service/1", lambda d, c, n: replace(d, c, [n]), "service/200001"),
        "is in use: give the --reason",
    ),
    (
        on("service/200002", lambda d, c, n: replace(d, c, [n]), "service/200001"),
        "is replaced so already",
    ),
    (
        on("service/1", lambda d, c: merge(d, [c], c, reason="One.")),
        "merging takes two entries or more",
    ),
    (
        on("service/1", lambda d, c, p: split(d, c, [p, p], reason="Two."), "service/200001"),
        "splitting takes two parts or more",
    ),
    (
        on("service/1", renumber, notation="200020", standing=Standing(released_in="2026.11")),
        "release 2026.11 contains it, so its code stays; .listkeeper retire. ends its use",
    ),
    (
        on("service/1", withdraw, standing=Standing(released_in="2026.11"), reason="Wrong."),
        "release 2026.11 contains it",
    ),
    (on("service/1", reinstate, day="2023-01-01"), "is not retired"),
    (on("service/200002", reinstate, day="2023-01-01"), "is in use until 2024-01-01"),
)


@pytest.mark.parametrize(("step", "said"), REFUSED)
def test_what_edits_refuse(repository: Workspace, step: Any, said: str) -> None:  # noqa: ANN401 - any edit
    """One line says why, and what there is instead."""
    with pytest.raises(UsageError, match=said):
        edited(repository, step)


# Names


def test_a_former_name_is_kept_with_its_date(repository: Workspace) -> None:
    """The next free number is taken for the part that holds it; the first stays."""
    edit = edited(repository, on("service/1", rename, label="Library lending"))

    made = after(repository, edit).vocabulary
    concept = next(c for c in made.concepts.values() if c.notation == "1")
    assert concept.label().value == "Library lending"
    assert [(f.label.value, f.replaced_on) for f in concept.former_labels] == [
        ("Library services", ""),
        ("Libraries", TODAY),
    ]
    assert new_errors(repository, edit) == set()


def test_an_other_name_that_becomes_the_label(repository: Workspace) -> None:
    """An alternative label and a former name are not kept beside the label that they become."""
    other = edited(repository, on("service/1", rename, label="Book lending"))
    former = edited(repository, on("service/1", rename, label="Library services"))

    assert "skos:altLabel" not in text(other, SERVICE)
    assert new_errors(repository, other) == set()
    assert "#former-1" not in text(former, SERVICE)
    assert 'skosxl:literalForm "Libraries"@en' in text(former, SERVICE)
    assert new_errors(repository, former) == set()


def test_a_name_of_another_language(tmp_path: Path) -> None:
    """A first label in a language takes the place of its draft."""
    need = {
        "needs/10004.ttl": """\
<need/10004>
    a skos:Concept, def:Need ;
    skos:inScheme <list/needs> ;
    skos:notation "10004" ;
    skos:prefLabel "Light"@en ;
    def:draftLabel "Goleuni"@cy ;
    def:reviewStatus <status/not-reviewed> ;
    adms:status <status/current> .
"""
    }
    edit = edited(lists(tmp_path, need), on("need/10004", rename, label="Golau", language="cy"))

    assert '"Golau"@cy' in text(edit, "needs/10004.ttl")
    assert "draftLabel" not in text(edit, "needs/10004.ttl")
    assert "former" not in text(edit, "needs/10004.ttl")


def test_comments_on_what_goes_are_kept(repository: Workspace) -> None:
    """They move to the end of the file: what is about a former name, or about a link."""
    path = repository.root / "vocabularies" / SERVICE
    data = path.read_text().replace("<service/1#former-1>\n", "# of 1999\n<service/1#former-1>\n")
    path.write_text(data.replace("<need/10002> ;", "<need/10002> ; # for all"))
    again = save(repository, edited(repository))
    steps = (
        on("service/1", rename, label="Library services"),
        by("need", "service/1", "need/10002", unlink),
    )
    edit = edited(again, *steps)

    assert text(edit, SERVICE).endswith("\n# of 1999\n# for all\n")


def test_names_that_nobody_used_are_not_kept(repository: Workspace) -> None:
    """Those of proposals, and those that were never committed."""
    proposal = edited(repository, on("service/new-parking", rename, label="Car parks"))
    path = f"vocabularies/{SERVICE}"
    committed = (repository.root / path).read_bytes()
    draft = Draft(
        load(save(repository, edited(repository, on("service/1", rename, label="B")))),
        TODAY,
        {path: committed}.get,
    )
    rename(draft, entry(draft.edition, "service/1"), "C")

    assert "former" not in text(proposal, "services/new-parking.ttl")
    made = text(draft.edit(), SERVICE)
    assert '"Libraries"@en' in made
    assert '"B"@en' not in made


# Retirement


def test_retirement(repository: Workspace) -> None:
    """The file stays, with status, date and reason; links move to the one replacement."""

    def step(draft: Draft) -> None:
        old, new = (entry(draft.edition, code) for code in ("need/10002", "need/10003"))
        retire(draft, old, reason="Nobody\tlacks it.", end_date="2027-01-01", replaced_by=[new])

    edit = edited(repository, step)

    need = text(edit, "needs/10002.ttl")
    assert "adms:status <status/retired> ;" in need
    assert 'def:endDate "2027-01-01"^^xsd:date ;' in need
    assert "dct:isReplacedBy <need/10003> ;" in need
    assert "def:meetsNeed <need/10003> ;" in text(edit, SERVICE)
    assert edit.told[-1] == "moved 1 links that led to need/10002"
    assert new_errors(repository, edit) == set()


LINKS: Final[tuple[tuple[Links | None, tuple[str, ...], str, set[str]], ...]] = (
    # what becomes of links, replacements, what the service has then, errors
    (None, (), "meetsNeed <need/10002>", {"LK043"}),
    (None, ("10001", "10003"), "meetsNeed <need/10002>", {"LK043"}),
    (Links.MOVE, ("10001", "10003"), "meetsNeed <need/10001>,\n        <need/10003>", set()),
    (Links.MOVE, (), "", set()),
    (Links.DROP, ("10003",), "", set()),
    (Links.KEEP, ("10003",), "meetsNeed <need/10002>", {"LK043"}),
)


@pytest.mark.parametrize(("links", "replacements", "left", "errors"), LINKS)
def test_links_to_what_is_retired(
    repository: Workspace,
    links: Links | None,
    replacements: tuple[str, ...],
    left: str,
    errors: set[str],
) -> None:
    def step(draft: Draft) -> None:
        found = [entry(draft.edition, f"need/{code}") for code in replacements]
        old = entry(draft.edition, "need/10002")
        retire(draft, old, reason="Gone.", replaced_by=found, links=links)

    edit = edited(repository, step)

    edition = after(repository, edit)
    file = edition.files[f"vocabularies/{SERVICE}"].data.decode()
    assert left in file if left else "meetsNeed" not in file
    assert new_errors(repository, edit) == errors


def test_links_of_what_is_retired_itself_stay(repository: Workspace) -> None:
    """A retired entry goes on to say what it was linked to."""
    first = edited(repository, on("service/1", retire, reason="Closed."))
    again = save(repository, first)
    step = on(
        "need/10002", lambda d, c, n: retire(d, c, reason="Gone.", replaced_by=[n]), "need/10003"
    )
    edit = edited(again, step)

    assert list(edit.contents) == ["vocabularies/needs/10002.ttl"]
    assert new_errors(again, edit) == set()


def test_the_date_of_modification_does_not_run_backwards(repository: Workspace) -> None:
    """An edit that is dated back leaves a later date as it is."""
    step = on("service/1", rename, label="Library lending")
    edit = edited(repository, step, today="2013-04-03")

    assert 'dct:modified "2013-04-04"^^xsd:date' in text(edit, SERVICE)
    assert 'def:replacedOn "2013-04-03"^^xsd:date' in text(edit, SERVICE)


def test_what_stood_below_goes_up(repository: Workspace) -> None:
    """Children of what is retired without replacement stand below what stood above it."""
    steps = (
        by("broader", "need/10003", "need/10002", link),
        on("need/10002", lambda d, c: retire(d, c, reason="Gone.", links=Links.DROP)),
    )
    edit = edited(repository, *steps)

    assert "skos:broader <need/10001> ;" in text(edit, "needs/10003.ttl")


def test_the_replacement_does_not_point_to_itself(repository: Workspace) -> None:
    """A parent that is replaced by its own child leaves no circle behind."""
    edit = edited(
        repository,
        on(
            "need/10001",
            lambda d, c, n: retire(d, c, reason="Gone.", replaced_by=[n]),
            "need/10002",
        ),
    )

    assert "broader" not in text(edit, "needs/10002.ttl")
    assert new_errors(repository, edit) == set()


def test_another_replacement(repository: Workspace) -> None:
    """Of a retired entry only what replaces it changes; its dates and reason stay."""
    edit = edited(repository, on("service/200002", lambda d, c, n: replace(d, c, [n]), "service/1"))

    made = text(edit, "services/20/200002.ttl")
    assert "dct:isReplacedBy <service/1> ;" in made
    assert "<service/200001>" not in made
    assert 'def:endDate "2024-01-01"' in made


def test_merging(repository: Workspace) -> None:
    """All but the one that stays are retired in its favour, and their links lead to it."""
    edit = edited(
        repository,
        on("need/10002", lambda d, a, b: merge(d, [a, b], b, reason="One need."), "need/10003"),
    )

    assert sorted(edit.contents) == ["vocabularies/needs/10002.ttl", f"vocabularies/{SERVICE}"]
    assert "def:meetsNeed <need/10003> ;" in text(edit, SERVICE)
    assert new_errors(repository, edit) == set()


def test_splitting_into_new_entries(repository: Workspace) -> None:
    """New parts get the place, the class and the links of the whole, with their own labels."""

    def step(draft: Draft) -> None:
        whole = entry(draft.edition, "service/1")
        parts = [
            successor(draft, whole, "200010", "Lending"),
            successor(draft, whole, "200011", "Study"),
        ]
        split(draft, whole, parts, reason="Two services.")

    edit = edited(repository, step)

    part = text(edit, "services/2000/200011.ttl")
    assert "skos:inScheme <list/internal>,\n        <list/services> ;" in part
    assert "def:meetsNeed <need/10002> ;" in part
    assert "skos:exactMatch" not in part
    whole = text(edit, SERVICE)
    assert "dct:isReplacedBy <service/200010>,\n        <service/200011> ;" in whole
    assert new_errors(repository, edit) == set()


def test_reinstating(repository: Workspace) -> None:
    """It says since when it is in use again, and nothing of its end."""
    edit = edited(repository, on("service/200002", reinstate))

    made = text(edit, "services/20/200002.ttl")
    assert f'def:reinstatedOn "{TODAY}"^^xsd:date' in made
    assert "adms:status <status/current> ;" in made
    assert not any(word in made for word in ("endDate", "retirementReason", "isReplacedBy"))
    assert new_errors(repository, edit) == set()


def test_a_proposal_is_taken_up(repository: Workspace) -> None:
    edit = edited(repository, on("service/new-parking", accept))

    assert "adms:status <status/current> ;" in text(edit, "services/new-parking.ttl")


# Numbers


def test_renumbering(repository: Workspace) -> None:
    """Its file, its parts, its comments and all that points to it move together."""
    standing = Standing(was_on_main=True)
    edit = edited(
        repository,
        on("need/10003", renumber, notation="10050", standing=standing, reason="two took it"),
    )
    linked = edited(
        save(repository, edited(repository, by("need", "service/1", "need/10003", link))),
        on("need/10003", renumber, notation="10050", standing=Standing()),
    )

    assert edit.contents["vocabularies/needs/10003.ttl"] is None
    made = text(edit, "needs/10050.ttl")
    assert made.count("10050") == 2
    assert "# read by Ann" in made
    assert "# not a firm" in made
    assert text(edit, "needs/ids.txt").endswith(
        f"\n10003 renumbered to 10050 on {TODAY}: two took it\n"
    )
    assert new_errors(repository, edit) == set()
    assert "<need/10050> ;" in text(linked, SERVICE)
    assert "vocabularies/needs/ids.txt" not in linked.contents


def test_groups_users_and_replacements_follow_a_renumbered_entry(repository: Workspace) -> None:
    edit = edited(
        repository, on("service/200001", renumber, notation="200030", standing=Standing())
    )
    first = edited(repository, on("service/1", renumber, notation="200031", standing=Standing()))

    assert "dct:isReplacedBy <service/200030> ;" in text(edit, "services/20/200002.ttl")
    assert "skos:member <service/200031> ." in text(first, "services/groups.ttl")
    assert "def:usesConcept <service/200031> ;" in text(first, "services/uses.ttl")
    assert "<service/200031#former-1>" in text(first, "services/2000/200031.ttl")
    assert "modified" not in text(first, "services/groups.ttl")


def test_a_proposal_gets_its_number(repository: Workspace) -> None:
    """What had no number leaves none behind, wherever it was."""
    standing = Standing(was_on_main=True)
    edit = edited(
        repository, on("service/new-parking", renumber, notation="200010", standing=standing)
    )

    assert "vocabularies/services/ids.txt" not in edit.contents
    assert 'skos:notation "200010" ;' in text(edit, "services/2000/200010.ttl")


def test_withdrawing(repository: Workspace) -> None:
    """The file goes, and where others may have met the number, it is kept back with the reason."""
    reason = "never # meant\nto be"
    standing = Standing(was_on_main=True)
    edit = edited(
        repository,
        on("need/10002", withdraw, standing=standing, reason=reason, links=Links.DROP),
    )
    kept = edited(repository, on("need/10002", withdraw, standing=standing, reason=reason))

    assert edit.contents["vocabularies/needs/10002.ttl"] is None
    assert text(edit, "needs/ids.txt").endswith(
        f"\n10002 withdrawn on {TODAY}: never meant to be\n"
    )
    assert new_errors(repository, edit) == set()
    assert new_errors(repository, kept) == {"LK040"}


def test_what_points_to_a_withdrawn_entry_lets_go(repository: Workspace) -> None:
    """Groups and users too, where links are dropped."""
    edit = edited(
        repository,
        on("service/200001", withdraw, standing=Standing(), reason="Wrong.", links=Links.DROP),
    )

    assert "isReplacedBy" not in text(edit, "services/20/200002.ttl")


def test_several_edits_are_one_change(repository: Workspace) -> None:
    """Each sees what those before it drafted; what comes to nothing changes nothing."""
    steps = (
        by("need", "service/1", "need/10003", link),
        on(
            "need/10003",
            lambda d, c, n: retire(d, c, reason="Gone.", replaced_by=[n]),
            "need/10001",
        ),
    )
    edit = edited(repository, *steps)
    nothing = edited(
        repository,
        by("need", "service/1", "need/10003", link),
        by("need", "service/1", "need/10003", unlink),
    )

    assert "def:meetsNeed <need/10001>,\n        <need/10002> ;" in text(edit, SERVICE)
    assert nothing.contents == {}


def test_a_whole_vocabulary_keeps_its_form(tmp_path: Path) -> None:
    rocks = {"rocks.ttl": '<https://example.org/r> a skos:Concept ; skos:prefLabel "Rock"@en .\n'}
    repository = lists(tmp_path, rocks)

    with pytest.raises(UsageError, match=r"rocks\.ttl: a vocabulary in one file keeps its form"):
        edited(repository, on("https://example.org/r", partial(rename, label="Stone")))
