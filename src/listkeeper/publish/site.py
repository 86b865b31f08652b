"""The static site: every document as a file, for any web server, object store or CDN.

A file holds byte for byte what the server answers. Nothing depends on the clock, so building
twice gives the same bytes; a file whose bytes are the same is left as it is, and one that
follows from nothing that changed is not even rendered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from listkeeper.collecting import paused_collection
from listkeeper.errors import ListkeeperError, UnsupportedError
from listkeeper.publish.byte_cache import Facts
from listkeeper.publish.dependencies import Fingerprints, fingerprint, program_fingerprint
from listkeeper.publish.resources import ResourceKind
from listkeeper.publish.site_folder import refuse_foreign, start_folder, write_folder
from listkeeper.publish.site_state import NONE, read_state, write_state
from listkeeper.publish.site_writing import Job, Writer, written_together

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from listkeeper.publish.publication import Document, Publication
    from listkeeper.publish.site_state import Made


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A folder of the site with a publication that never changes, such as a release's."""

    prefix: str
    """Path of the folder, with a slash at its end."""
    key: str
    """What tells it from any other, such as its commit."""
    open: Callable[[], Publication]
    """Gives the publication, where an earlier build does not have it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What a build came to."""

    files: int
    bytes: int
    refused: tuple[UnsupportedError, ...]
    """Why documents are missing: their formats cannot carry what is in the lists."""
    rendered: int
    """Documents that were rendered: the others follow from nothing that changed."""
    changed: int
    """Files whose bytes are not those of the earlier build."""


def build(
    publication: Publication,
    out: Path,
    *,
    dry_run: bool = False,
    processes: int = 1,
    parts: Sequence[Part] = (),
) -> Built:
    """Write the whole site into a folder, in one step: it is the old one or the new one.

    Args:
        publication: what is written.
        out: the folder, which must not exist, be empty or be an earlier build.
        dry_run: whether to render what changed and write nothing.
        processes: how many of them render at the same time.
        parts: what else it holds, in folders of its own.

    Raises:
        UsageError: when the folder holds something else.
        ListkeeperError: when something cannot be written; the old folder then stands.
    """
    out = out.resolve()
    if not dry_run:
        return write_folder(out, partial(_fill, publication, parts, out, processes))
    refuse_foreign(out)
    return _build(publication, parts, Writer(before=out, state=read_state(out)), processes)


def _fill(
    publication: Publication, parts: Sequence[Part], out: Path, processes: int, folder: Path
) -> Built:
    start_folder(folder)
    writer = Writer(before=out, state=read_state(out), folder=folder)
    try:
        return _build(publication, parts, writer, processes)
    except OSError as error:
        raise ListkeeperError(f"{out}: cannot be written: {error.strerror}") from error


@paused_collection()
def _build(
    publication: Publication, parts: Sequence[Part], writer: Writer, processes: int
) -> Built:
    program = program_fingerprint(publication.templates)
    made = _made(publication, _jobs(publication, program), writer, processes)
    for part in parts:
        made += _made_part(part, fingerprint((program, part.key)), writer, processes)
    if writer.folder:
        write_state(writer.folder, made)
    return _account(made, writer)


def _made(
    publication: Publication, jobs: Sequence[Job], writer: Writer, processes: int
) -> list[Made]:
    """Make files: those that tell of the others last."""
    first = [job for job in jobs if not _is_catalogue(job.document)]
    made = written_together(publication, writer, first, processes)
    facts = {job.document.file: m for job, m in zip(first, made, strict=True)}
    publication.learn(
        {file: Facts(m.size, m.sha256) for file, m in facts.items() if m.sha256 != NONE}
    )
    return made + [writer.make(publication, j) for j in jobs if _is_catalogue(j.document)]


def _made_part(part: Part, key: str, writer: Writer, processes: int) -> list[Made]:
    """Take a part from the earlier build, which has all of it or nothing; else open it."""
    held = [m for m in writer.state.values() if m.file.startswith(part.prefix)]
    known = [made for made in held if made.fingerprint == key and writer.keeps(made)]
    if known and len(known) == len(held):
        return known
    publication = part.open()
    documents = {document.file: document for document in publication.documents.values()}
    jobs = [Job(document=d, fingerprint=key, prefix=part.prefix) for d in documents.values()]
    return _made(publication, jobs, writer, processes)


def _jobs(publication: Publication, program: str) -> list[Job]:
    """Give each file once, the largest first, with what it follows from."""
    fingerprints = Fingerprints(publication, program)
    by_file = {document.file: document for document in publication.documents.values()}
    jobs = [
        Job(document=document, fingerprint=fingerprints.of(document))
        for document in by_file.values()
    ]
    return sorted(jobs, key=lambda job: _is_large(job.document), reverse=True)


def _account(made: Sequence[Made], writer: Writer) -> Built:
    files = [m for m in made if not m.is_refused]
    refusals = (UnsupportedError(f"{m.file} left out: {m.problem}") for m in made if m.is_refused)
    times = {file: known.time for file, known in writer.state.items() if not known.is_refused}
    return Built(
        files=len(files),
        bytes=sum(m.size for m in files),
        refused=tuple(refusals),
        rendered=sum(not m.fingerprint or writer.state.get(m.file) != m for m in made),
        changed=sum(times.get(m.file) != m.time for m in files),
    )


def _is_large(document: Document) -> bool:
    return document.resource is not None and document.resource.kind is ResourceKind.LIST


def _is_catalogue(document: Document) -> bool:
    """Say whether a document tells of the others, and is made when they are."""
    resource = document.resource
    return resource is not None and resource.kind is ResourceKind.CATALOGUE
