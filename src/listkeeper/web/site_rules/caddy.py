"""The rules for Caddy: a Caddyfile."""

from __future__ import annotations

from typing import Final

from listkeeper.web.site_rules.asked import choices
from listkeeper.web.site_rules.sent import file_types, filled, longer_endings


def caddy(root: str) -> str:
    """Write the rules for a site in a folder."""
    accepted = "\n".join(f"\t\t`~(?i){c.pattern}` {c.extension}" for c in choices())
    types = "\n".join(
        f'\t@type{number} path *{end}\n\theader @type{number} Content-Type "{kind}"'
        for number, (end, kind) in enumerate({**file_types(), **longer_endings()}.items())
    )
    return filled(
        CADDY,
        accepted=accepted,
        types=types,
        root=root,
    )


CADDY: Final = """\
# Made by `listkeeper build --rules caddy`; write your own address in place of :80.
:80 <<
	root * {root}
	map <header.Accept> <lk_extension> <<
		"" .html
{accepted}
		default none
	>>
	header <<
		Access-Control-Allow-Origin *
		Access-Control-Expose-Headers "{exposed}"
		Content-Security-Policy "{csp}"
		Referrer-Policy strict-origin-when-cross-origin
		X-Content-Type-Options nosniff
		Cache-Control "{page}"
	>>
	@data path_regexp [.](ttl|jsonld|rdf|nt|json|csv|xlsx|tsv)$
	header @data Cache-Control "{format}"
	@released path_regexp ^/release/.+[.](ttl|jsonld|rdf|nt|json|csv|xlsx|tsv)$
	header @released Cache-Control "{immutable}"
{types}
	@void path /{void}
	header @void Content-Type "text/turtle; charset=utf-8"

	@other not method GET HEAD
	handle @other <<
		header Allow "GET, HEAD"
		respond 405
	>>
	@hidden <<
		path_regexp /[.]
		not path /{void}
	>>
	handle @hidden <<
		respond 404
	>>
	handle_path /id/* <<
		header Vary Accept
		header Cache-Control "{redirect}"
		@none vars <lk_extension> none
		respond @none 406
		@page <<
			vars <lk_extension> .html
			file <path>.html
		>>
		redir @page <path> 303
		@data file <path><lk_extension>
		redir @data <path><lk_extension> 303
		respond 404
	>>
	@term path_regexp term ^/def/([A-Za-z0-9_-]*)$
	handle @term <<
		header Vary Accept
		@page vars <lk_extension> .html
		redir @page /def.html#<re.term.1> 303
		redir /def<lk_extension> 303
	>>
	handle / <<
		rewrite * /index.html
		file_server
	>>
	@file file <path>
	handle @file <<
		file_server
	>>
	handle <<
		header Vary Accept
		@preferred <<
			file <path><lk_extension>
			not vars <lk_extension> .html
		>>
		redir @preferred <path><lk_extension> 303
		@none <<
			file <path>.ttl
			vars <lk_extension> none
		>>
		respond @none 406
		@plain file <path>.html
		rewrite @plain <path>.html
		file_server
	>>
>>
"""
