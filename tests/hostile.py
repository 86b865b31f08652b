"""What people send who mean no good, or whose spreadsheet does: texts, and queries in SPARQL."""

from __future__ import annotations

from typing import Final

SEEDS: Final = (
    *('"', "'", "*", "^", "NEAR(a b)", "a AND", "OR", "NOT x", "label:waste", "{marks} : s0", "-a"),
    *("';DROP TABLE entries;--", "' OR '1'='1", "\\", "%00%ff%2e%2e", "<script>alert(1)</script>"),
    *("{{7*7}}", "${x}", "\u202e\u200b", "\ufffe", "🗑", "../../etc/passwd", "list/../../x"),
    *("=cmd|' /C calc'!A0", "(a+)+$", "\n\r\t", "services\r\nSet-Cookie: x=1", "a\x00b", ",", "²"),
    *("http://169.254.169.254/latest/", "file:///etc/passwd", "-1", "99999999999999999999", "NaN"),
)

TEXTS: Final = (
    *SEEDS,
    *(seed * 40 for seed in SEEDS),
    *(f"list/{seed}" for seed in SEEDS),
    *("x" * n for n in (1, 199, 201, 7_000)),
    *("9" * n for n in (20, 400, 6_000)),
    *("%" * 100, "," * 900, "a\u0301" * 400, "\ufdfa" * 300, "[" * 3_000, '{"a":' * 900),
    *(" ".join(f"w{n}" for n in range(k)) for k in (12, 13, 500)),
)
"""More than a hundred, each short enough for an address."""

_UPDATES: Final = (
    *("INSERT DATA { <a> <b> <c> }", "DELETE DATA { <a> <b> <c> }", "DELETE WHERE { ?s ?p ?o }"),
    *("CLEAR ALL", "DROP ALL", "DROP SILENT GRAPH <g>", "CREATE GRAPH <g>", "CLEAR DEFAULT"),
    *("LOAD <http://127.0.0.1:1/x>", "LOAD SILENT <file:///etc/passwd>", "MOVE <a> TO <b>"),
    *("COPY DEFAULT TO <g>", "ADD <a> TO <b>", "ASK {} ; CLEAR ALL", "SELECT * {} DROP ALL"),
    "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
)

_CALL: Final = "SERVICE <http://127.0.0.1:1/> { ?s ?p ?o }"

_CALLS: Final = (
    *(_CALL, _CALL.replace("SERVICE", "SERVICE SILENT"), _CALL.replace("SERVICE", "service")),
    *(f"OPTIONAL {{ {_CALL} }}", f"{{}} UNION {{ {_CALL} }}", f"?s ?p ?o MINUS {{ {_CALL} }}"),
    *(f"{{ SELECT * {{ {_CALL} }} }}", f"FILTER EXISTS {{ {_CALL} }}", f"GRAPH ?g {{ {_CALL} }}"),
    *(f"FILTER NOT EXISTS {{ {_CALL} }}", f"{{ {{ {{ {_CALL} }} }} }}", f"?s ?p ?o . {_CALL}"),
    *(_CALL.replace("S", "\\u0053", 1), _CALL.replace("E", "\\U00000045", 1), f"#\n{_CALL}"),
    "VALUES ?e { <http://127.0.0.1:1/> } SERVICE ?e { ?s ?p ?o }",
)

_PATTERNS: Final = (
    *("^(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){25}", "((a{1,100}){1,100}){1,100}", "(?=a)a", "["),
    *("(" * 500, "a{99999}", "(a*)*b", "\\\\1", "(?P<a>a)(?P=a)", "(?R)", "\\\\p{L}{1,1000}" * 9),
)

_NUMBERS: Final = " ".join(map(str, range(30)))

QUERIES: Final = (
    *_UPDATES,
    *(f"SELECT * {{ {call} }}" for call in _CALLS),
    *(f'ASK {{ FILTER(REGEX("{"a" * 40}!", "{pattern}")) }}' for pattern in _PATTERNS),
    *("ASK FROM <http://127.0.0.1:1/> { ?s ?p ?o }", "ASK FROM <file:///etc/passwd> { ?s ?p ?o }"),
    *("ASK FROM NAMED <urn:x> { ?s ?p ?o }", "ASK FROM <../x> FROM NAMED <x> { ?s ?p ?o }"),
    *(f"SELECT * {{ {'(' * n} }}" for n in (10, 4_000)),
    *(f"SELECT * {{ {'{' * n}{'}' * n} }}" for n in (100, 4_000)),
    *(f"SELECT * {{ FILTER({'!' * n}1) }}" for n in (10, 8_000)),
    *(f"SELECT * {{ {{}} {'UNION {} ' * n}}}" for n in (10, 1_500)),
    *(f"SELECT * {{ ?{'a' * n} ?p ?o }} LIMIT 1" for n in (100, 15_000)),
    *(f'SELECT * {{ ?s ?p "{"x" * n}" }}' for n in (1_000, 15_000, 2**16)),
    f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES ?v{i} {{ {_NUMBERS} }}' for i in range(8))} }}",
    *SEEDS,
    *(f'SELECT * {{ ?s ?p "{seed}" }} LIMIT 1' for seed in SEEDS),
)
"""More than a hundred; one of them takes as long as it may."""
