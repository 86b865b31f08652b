"""How the server is: what it serves and what the checks found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from listkeeper.web.answers import Answer, answer

if TYPE_CHECKING:
    from listkeeper.publish.publication import Publication
    from listkeeper.web.serving import Serving


def health_answer(serving: Serving, publication: Publication) -> Answer:
    """Tell the state of the server.

    Args:
        serving: what is being served, with the checks' verdicts.
        publication: the publication that this request is answered from.
    """
    vocabulary = publication.edition.vocabulary
    lists = [scheme for scheme in vocabulary.schemes.values() if not scheme.subset_of]
    state = {
        "status": "findings" if serving.findings else "behind" if serving.failure else "ok",
        "edition": serving.edition_name,
        "lists": len(lists),
        "subsets": len(vocabulary.schemes) - len(lists),
        "concepts": len(vocabulary.concepts),
        "findings": serving.findings,
        "check": serving.verdict or "not finished",
        "not_served": serving.failure,
    }
    body = json.dumps(state, indent=1).encode() + b"\n"
    return answer(body, {"Content-Type": "application/json", "Cache-Control": "no-store"})
