"""The pull request kit: what forges accept, what must never be in it, and what its steps do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from checkout import ENVIRONMENT, make_checkout
from listkeeper.editing.starter import list_names, starter_files
from listkeeper.errors import UsageError
from listkeeper.exchange.issue_forms import FORMS, read_form
from listkeeper.release.kit import FORGES, kit_files
from listkeeper.release.kit.forms import MOST_OPTIONS
from listkeeper.store.files import write_all

if TYPE_CHECKING:
    from checkout import Checkout

BIN: Final = Path(sys.executable).parent
PACKAGE: Final = "listkeeper==0.1.0"
LISTS: Final = ("needs", "services")
WORKFLOWS: Final = (".github/workflows/lists.yml", ".github/workflows/report.yml")
PINNED: Final = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")

SCHEMAS: Final = (
    ("github", ".github/workflows/*.yml", ("vendor.github-workflows",)),
    ("github", ".github/ISSUE_TEMPLATE/[!c]*.yml", ("vendor.github-issue-forms",)),
    ("github", ".github/ISSUE_TEMPLATE/change.yml", ("vendor.github-issue-forms",)),
    ("github", ".github/ISSUE_TEMPLATE/config.yml", ("vendor.github-issue-config",)),
    ("gitlab", ".gitlab-ci.yml", ("vendor.gitlab-ci", "--data-transform", "gitlab-ci")),
)
"""Forge, files, and the published schema they have to fit."""


def kit(forge: str = "github", lists: tuple[str, ...] = LISTS) -> dict[str, str]:
    files = kit_files(forge, lists, PACKAGE, "@example/editors")
    return {path: data.decode() for path, data in files.items()}


def workflow(path: str) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(kit()[path])
    return found


def steps(path: str) -> list[dict[str, Any]]:
    return [step for job in workflow(path)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize(("forge", "pattern", "schema"), SCHEMAS)
def test_files_fit_their_published_schema(
    forge: str, pattern: str, schema: tuple[str, ...], tmp_path: Path
) -> None:
    """The forge takes them."""
    write_all(tmp_path, kit_files(forge, LISTS, PACKAGE))
    files = sorted(tmp_path.glob(pattern))
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", *schema, *map(str, files)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert files
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", WORKFLOWS)
def test_no_text_of_a_change_is_in_a_script(path: str) -> None:
    """Expressions are values of the environment and of inputs, never part of what is run."""
    assert [step["name"] for step in steps(path) if "${{" in step.get("run", "")] == []
    assert "pull_request_target" not in kit()[path]


@pytest.mark.parametrize("path", WORKFLOWS)
def test_rights_are_named(path: str) -> None:
    """Nothing is granted but what a job names; each ends in time, and runs once at a time."""
    found = workflow(path)

    assert found["permissions"] == {}
    assert found["concurrency"]["group"]
    assert all(job["permissions"] and job["timeout-minutes"] for job in found["jobs"].values())


def test_what_runs_the_change_may_write_nothing() -> None:
    """It reads, has no secrets, and leaves no token behind for what it runs."""
    text = kit()[WORKFLOWS[0]]
    found = workflow(WORKFLOWS[0])

    assert [job["permissions"] for job in found["jobs"].values()] == [{"contents": "read"}]
    assert "secrets." not in text
    assert "github.token" not in text
    checkouts = [s for s in steps(WORKFLOWS[0]) if "actions/checkout@" in s.get("uses", "")]
    assert [s["with"]["persist-credentials"] for s in checkouts] == [False]


def test_what_may_write_runs_nothing_of_the_change() -> None:
    """It fetches nothing and installs nothing: one script, whose text is the workflow's own."""
    found = workflow(WORKFLOWS[1])

    assert [step.keys() & {"uses", "run"} for step in steps(WORKFLOWS[1])] == [{"run"}]
    assert found["jobs"]["comment"]["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert steps(WORKFLOWS[1])[0]["shell"] == "python3 -I {0}"
    imported = set(
        re.findall(r"^(?:from|import) (\w+)", steps(WORKFLOWS[1])[0]["run"], re.MULTILINE)
    )
    assert imported <= sys.stdlib_module_names
    assert not imported & {"subprocess", "pickle", "shutil", "tempfile"}


def test_actions_are_pinned_to_commits() -> None:
    """A tag could be moved; the version stands beside for people and bots."""
    used = [
        line.strip() for path in WORKFLOWS for line in kit()[path].split("\n") if "uses:" in line
    ]

    assert used
    assert [line for line in used if not PINNED.fullmatch(line.removeprefix("- "))] == []


def test_the_report_follows_the_check() -> None:
    """The second workflow waits for the first by its name."""
    started = workflow(WORKFLOWS[1])[True]["workflow_run"]["workflows"]

    assert started == [workflow(WORKFLOWS[0])["name"]]


@pytest.mark.parametrize("forge", FORGES)
def test_every_list_has_its_owner(forge: str) -> None:
    """So have the shapes and the kit itself."""
    owners = kit(forge)[FORGES[forge].owners]

    for path in ("/vocabularies/needs/", "/vocabularies/services/", "/shapes/", "/.githooks/"):
        assert f"\n{path} @example/editors\n" in owners
    unowned = kit_files(forge, LISTS, PACKAGE)[FORGES[forge].owners].decode()
    assert all(line.startswith("#") for line in unowned.splitlines())


def test_many_lists_are_typed() -> None:
    """A choice among hundreds is none."""
    lists = tuple(f"list-{number}" for number in range(MOST_OPTIONS + 1))
    form = yaml.safe_load(kit("github", lists)[".github/ISSUE_TEMPLATE/new.yml"])

    assert form["body"][0]["type"] == "input"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.kind))
def test_a_gitlab_template_reads_as_its_form(form: Any) -> None:  # noqa: ANN401 - a row of FORMS
    """Filled in below its advice, a template of GitLab's is the form that it stands for."""
    template = kit("gitlab")[f".gitlab/issue_templates/{form.title}.md"]

    filled = read_form(template.replace("-->\n", "-->\nentered\n"))

    assert filled.form is form
    assert set(filled.values.values()) == {"entered"}


@pytest.mark.parametrize(
    ("package", "owner"),
    [
        ("a; rm -rf /", None),
        ("-r evil.txt", None),
        ("$(id)", None),
        ("a\nb", None),
        (PACKAGE, "nobody"),
        (PACKAGE, "@a\n* @evil"),
    ],
)
def test_what_goes_into_files_is_looked_at(package: str, owner: str | None) -> None:
    """A package and an owner are what they should be, and nothing more."""
    with pytest.raises(UsageError):
        kit_files("github", LISTS, package, owner)


def test_this_repository_uses_it(root: Path) -> None:
    """What lies here is what the command writes today; owners are the editors' own."""
    paths = (path.relative_to(root).as_posix() for path in root.glob("vocabularies/*/list.ttl"))
    files = kit_files("github", list_names(paths), ".")
    owners = files.pop(FORGES["github"].owners)

    differing = [path for path, data in files.items() if (root / path).read_bytes() != data]

    assert owners
    assert differing == [], "run `listkeeper init . --forge github --package . --replace`"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A lists repository with the kit, committed, and a change on top of it."""
    started = make_checkout(tmp_path / "lists")
    started.git("config", "user.name", "Ann")
    started.git("config", "user.email", "ann@example.org")
    files = {**starter_files(), **kit_files("github", ["places", "statuses"], PACKAGE)}
    write_all(started.top, files)
    (started.top / ".githooks/pre-commit").chmod(0o755)
    started.record("Start")
    return started


def edit(checkout: Checkout, old: str, new: str) -> None:
    path = checkout.top / "vocabularies/places/10002.ttl"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def perform(checkout: Checkout, scratch: Path, base: str) -> dict[str, int]:
    """Run the steps of the check as the forge would; give how each ended."""
    scratch.mkdir()
    given = {
        **ENVIRONMENT,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "BASE": base,
        "RUNNER_TEMP": str(scratch),
        "GITHUB_STEP_SUMMARY": str(scratch / "summary.md"),
        "LISTKEEPER_CACHE": "off",
    }
    ended = {}
    for step in steps(WORKFLOWS[0]):
        wanted = (
            "run" in step and "Install" not in step["name"] and "push" not in step.get("if", "")
        )
        if wanted:
            script = scratch / "step.sh"
            script.write_text(step["run"], encoding="utf-8")
            command = ["bash", "-e", str(script)]
            done = subprocess.run(
                command, cwd=checkout.top, env=given, capture_output=True, text=True, check=False
            )
            ended[step["name"].split(",")[0]] = done.returncode
    return ended


def test_the_steps_of_the_check(checkout: Checkout, tmp_path: Path) -> None:
    """A good change passes, with a report and a preview."""
    base = checkout.git("rev-parse", "HEAD")
    edit(checkout, '"Park"@en', '"Park or garden"@en')
    checkout.record("Rename")

    ended = perform(checkout, tmp_path / "runner", base)

    assert set(ended.values()) == {0}, ended
    report = (tmp_path / "runner/report/report.md").read_text(encoding="utf-8")
    assert "`Park` → `Park or garden`" in report
    assert (tmp_path / "runner/summary.md").read_text(encoding="utf-8") == report
    assert (tmp_path / "runner/preview/place/10002.html").is_file()


def test_a_bad_change_is_reported_too(checkout: Checkout, tmp_path: Path) -> None:
    """The check fails, and it alone: the report and the preview are there all the same."""
    base = checkout.git("rev-parse", "HEAD")
    edit(checkout, "<status/current>", "<status/retired>")
    checkout.record("Retire without a reason")

    ended = perform(checkout, tmp_path / "runner", base)

    assert [name for name, code in ended.items() if code] == ["Check the change"]
    assert "LK072" in (tmp_path / "runner/report/report.md").read_text(encoding="utf-8")


def test_the_templates_of_a_change_are_not_used(checkout: Checkout, tmp_path: Path) -> None:
    """The preview is made with those of what the change is to be merged into."""
    base = checkout.git("rev-parse", "HEAD")
    hostile = checkout.top / "site_templates" / "page_concept.html"
    hostile.parent.mkdir()
    hostile.write_text("{{ 1 / 0 }}", encoding="utf-8")
    checkout.record("Templates")

    assert perform(checkout, tmp_path / "runner", base)["Make the preview"] == 0


@pytest.mark.parametrize(
    ("old", "new", "passes"),
    [
        ('"Park"@en', '"Park or garden"@en', True),
        ("<status/current>", "<status/retired>", False),
        ("    skos:notation", "  skos:notation", False),
    ],
    ids=["fine", "causes an error", "not canonical"],
)
def test_the_hook(checkout: Checkout, old: str, new: str, passes: bool) -> None:  # noqa: FBT001 - a column of the table
    """Git asks it before a commit, and refuses what the check refuses."""
    checkout.git("config", "core.hooksPath", ".githooks")
    edit(checkout, old, new)
    checkout.git("add", "--all")
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    given = {**ENVIRONMENT, "PATH": path, "LISTKEEPER_CACHE": "off"}

    done = subprocess.run(
        ["git", "commit", "--message", "Edit"],
        cwd=checkout.top,
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode == 0) is passes, done.stdout + done.stderr


def test_the_hook_before_the_first_commit(tmp_path: Path) -> None:
    """There is nothing to compare with yet; everything is checked."""
    checkout = make_checkout(tmp_path / "lists")
    write_all(checkout.top, {**starter_files(), **kit_files("github", [], PACKAGE)})
    checkout.git("add", "--all")
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    given = {**ENVIRONMENT, "PATH": path, "LISTKEEPER_CACHE": "off"}

    done = subprocess.run(["sh", ".githooks/pre-commit"], cwd=checkout.top, env=given, check=False)

    assert done.returncode == 0


def test_the_gitlab_job(checkout: Checkout) -> None:
    """Its script is run as GitLab does, in one shell, and ends with what it found."""
    base = checkout.git("rev-parse", "HEAD")
    edit(checkout, "<status/current>", "<status/retired>")
    checkout.record("Retire without a reason")
    script = "\n".join(yaml.safe_load(kit("gitlab")[".gitlab-ci.yml"])["change"]["script"])
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    given = {**ENVIRONMENT, "PATH": path, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}

    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=checkout.top,
        env={**given, "LISTKEEPER_CACHE": "off"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1, done.stderr
    assert "LK072" in (checkout.top / "code-quality.json").read_text(encoding="utf-8")
    assert "LK072" in (checkout.top / "report.md").read_text(encoding="utf-8")
    assert (checkout.top / "preview/index.html").is_file()
