"""Rules with which a web server answers from a static site nearly as the server of ours does.

They are made from the table of representations. A file host looks at `Accept` with patterns, so
it does the subset that clients send (no header, `*/*`, one type, a browser's, weights to a tenth);
which cases those are is marked in the table of cases, and tested against a real nginx.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.publish.publication import STATIC_TYPES
from listkeeper.publish.representations import REPRESENTATIONS
from listkeeper.publish.resources import VOID_ADDRESS
from listkeeper.web.headers import CACHING, CONTENT_SECURITY_POLICY, EXPOSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from listkeeper.publish.representations import Representation

TENTHS: Final = ("", *(f"0?[.]{tenth}[0-9]*" for tenth in range(9, 0, -1)), "0?[.]0[0-9]*[1-9]")
"""Weights, the highest first; the first is that of a type with none, or with 1."""

WILDCARDS: Final = (("text/*", "html"), ("application/*", "json-ld"), ("*/*", "html"))
"""A range without a subtype and the name of what it gets: the server's first of that type."""

PARAMETERS: Final = '( *; *(charset="?utf-8"?|header=present|profile=[^,;]*))*'
"""Parameters that hold for what is here, or distinguish nothing."""


DEFAULT_ROOT: Final = "/srv/lists"
"""Folder of the site where none is said."""

HEADERS: Final = {
    **CACHING,
    "csp": CONTENT_SECURITY_POLICY,
    "exposed": EXPOSED,
    "immutable": "public, max-age=31536000, immutable",
}
"""What the rules say in headers, as the server does."""


class Choice(NamedTuple):
    """A pattern of `Accept` and the ending of the file that it gets."""

    pattern: str
    extension: str


def rules(host: str, root: str = DEFAULT_ROOT) -> str:
    """Write the rules for a web server.

    Args:
        host: ``nginx``, ``caddy`` or ``apache``.
        root: the folder that the site is built in, for those whose rules name it.
    """
    return HOSTS[host](root)


def choices() -> Iterator[Choice]:
    """Give what `Accept` may ask for, the first that matches first: by weight, then our order."""
    rows = [row for row in REPRESENTATIONS if row.negotiable]
    by_name = {row.name: row.extension for row in rows}
    named = [(row.media_type, row.extension) for row in rows]
    let_in = [(range_, by_name[name]) for range_, name in WILDCARDS]
    for weight in TENTHS:
        for media_type, extension in (*named, *let_in):
            yield Choice(_pattern(media_type, weight), extension)


def _pattern(media_type: str, weight: str) -> str:
    """Match a type with a weight, in what nginx, Apache and Go's expressions have in common."""
    literal = re.sub(r"([.+*])", r"[\1]", media_type)
    quality = f" *; *q={weight}( *;[^,]*)?" if weight else "( *; *q=1([.]0*)?( *;[^,]*)?)?"
    return f"(^|,) *{literal}{PARAMETERS}{quality} *(,|$)"


def _file_types() -> dict[str, str]:
    """Give the content type of each kind of file by its last ending."""
    own = {row.extension: row.content_type for row in REPRESENTATIONS if _has_one_ending(row)}
    return {**STATIC_TYPES, **own, ".tsv": _type_of(".sssom.tsv")}


def _type_of(extension: str) -> str:
    return next(row.content_type for row in REPRESENTATIONS if row.extension == extension)


def _longer_endings() -> dict[str, str]:
    """Give the content type of files whose last ending tells another one."""
    types = _file_types()
    return {
        row.extension: row.content_type
        for row in REPRESENTATIONS
        if not _has_one_ending(row)
        if types.get("." + row.extension.rpartition(".")[2]) != row.content_type
    }


def _has_one_ending(row: Representation) -> bool:
    return row.extension.count(".") == 1


def _nginx(root: str) -> str:
    accepted = "\n".join(f"    '~*{c.pattern}' {c.extension};" for c in choices())
    types = "\n".join(f'    "{kind}" {end[1:]};' for end, kind in _file_types().items())
    longer = "\n".join(
        f"location ~ '{re.escape(end)}$' {{ types {{ }} default_type '{kind}'; }}"
        for end, kind in _longer_endings().items()
    )
    return (
        NGINX.format(
            accepted=accepted,
            types=types,
            longer=longer,
            root=root,
            void=VOID_ADDRESS,
            **HEADERS,
        )
        .replace("<<", "{")
        .replace(">>", "}")
    )


def _caddy(root: str) -> str:
    accepted = "\n".join(f"\t\t`~(?i){c.pattern}` {c.extension}" for c in choices())
    types = "\n".join(
        f'\t@type{number} path *{end}\n\theader @type{number} Content-Type "{kind}"'
        for number, (end, kind) in enumerate({**_file_types(), **_longer_endings()}.items())
    )
    return (
        CADDY.format(
            accepted=accepted,
            types=types,
            root=root,
            void=VOID_ADDRESS,
            **HEADERS,
        )
        .replace("<<", "{")
        .replace(">>", "}")
    )


def _apache(root: str) -> str:
    del root  # the rules lie in the site itself
    conditions = "\n".join(
        f"RewriteCond %{{ENV:LK_EXT}} ^$\n"
        f'RewriteCond %{{HTTP:Accept}} "{_quoted(c.pattern)}" [NC]\n'
        f"RewriteRule ^ - [E=LK_EXT:{c.extension}]"
        for c in choices()
    )
    types = "\n".join(
        f'<FilesMatch "{re.escape(end)}$">\n    ForceType "{_quoted(kind)}"\n</FilesMatch>'
        for end, kind in {**_file_types(), **_longer_endings()}.items()
    )
    return (
        APACHE.format(
            accepted=conditions,
            types=types,
            void=re.escape(VOID_ADDRESS),
            **HEADERS,
        )
        .replace("<<", "{")
        .replace(">>", "}")
    )


def _quoted(text: str) -> str:
    return text.replace('"', r"\"")


NGINX: Final = """\
# Made by `listkeeper build --rules nginx`; include it in the http block.
map $http_accept $lk_extension <<
    default none;
    '' .html;
{accepted}
>>
map $uri $lk_caching <<
    default '{page}';
    '~^/id/' '{redirect}';
    /context.jsonld '{page}';
    '~^/static/' '{static}';
    '~^/release/.+[.](?!html$)[a-z]+$' '{immutable}';
    '~[.](?!html$)[a-z]+$' '{format}';
>>
server <<
    listen 80;
    listen [::]:80;
    root {root};
    absolute_redirect off;
    charset off;
    types <<
{types}
    >>
    default_type application/octet-stream;

    set $lk_vary '';
    set $lk_allow '';
    set $lk_cache $lk_caching;
    add_header Access-Control-Allow-Origin '*' always;
    add_header Access-Control-Expose-Headers '{exposed}' always;
    add_header Content-Security-Policy "{csp}" always;
    add_header Referrer-Policy 'strict-origin-when-cross-origin' always;
    add_header X-Content-Type-Options 'nosniff' always;
    add_header Cache-Control $lk_cache always;
    add_header Vary $lk_vary always;
    add_header Allow $lk_allow always;

    if ($request_method !~ '^(GET|HEAD|OPTIONS)$') <<
        set $lk_allow 'GET, HEAD, OPTIONS';
        return 405;
    >>
    if ($request_method = OPTIONS) <<
        set $lk_allow 'GET, HEAD, OPTIONS';
        return 204;
    >>

    location = / << try_files /index.html =404; >>
    location = /{void} << types << >> default_type 'text/turtle; charset=utf-8'; >>
    location ~ '/[.]' << return 404; >>

    # An identifier leads to a description of what it names, in the format asked for.
    location ~ '^/id/(?<lk_path>.+)$' <<
        set $lk_vary Accept;
        set $lk_found '';
        if (-f $document_root/$lk_path.ttl) << set $lk_found 1; >>
        if ($lk_found = '') << return 404; >>
        if ($lk_extension = none) << return 406; >>
        if ($lk_extension = .html) << return 303 /$lk_path; >>
        if (-f $document_root/$lk_path$lk_extension) << return 303 /$lk_path$lk_extension; >>
        return 406;
    >>
    location ~ '^/def/(?<lk_term>[A-Za-z0-9_-]*)$' <<
        set $lk_vary Accept;
        set $lk_cache '{redirect}';
        if ($lk_extension = none) << return 406; >>
        if ($lk_extension = .html) << return 303 /def.html#$lk_term; >>
        if (-f $document_root/def$lk_extension) << return 303 /def$lk_extension; >>
        return 406;
    >>

    # A file is what its address says, whatever is asked for; an address without an ending is the
    # page, and leads to another format where that is preferred.
{longer}
    location / << try_files $uri @plain; >>
    location @plain <<
        set $lk_vary Accept;
        set $lk_found '';
        if (-f $document_root$uri.html) << set $lk_found page; >>
        if (-f $document_root$uri.ttl) << set $lk_found data$lk_found; >>
        if ($lk_found = '') << return 404; >>
        if ($lk_found = page) << rewrite ^ $uri.html break; >>
        if ($lk_extension = none) << return 406; >>
        set $lk_other $lk_extension;
        if ($lk_extension = .html) << set $lk_other /none; >>
        if (-f $document_root$uri$lk_other) <<
            set $lk_cache '{redirect}';
            return 303 $uri$lk_other;
        >>
        if ($lk_extension != .html) << return 406; >>
        rewrite ^ $uri.html break;
    >>
>>
"""

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

APACHE: Final = """\
# Made by `listkeeper build --rules apache`; put it beside index.html as .htaccess, or into the
# <Directory> of the site. It needs mod_rewrite and mod_headers.
Options -Indexes -MultiViews
DirectorySlash Off
DirectoryIndex index.html
{types}
<Files "void">
    ForceType "text/turtle; charset=utf-8"
</Files>
Header always set Access-Control-Allow-Origin "*"
Header always set Access-Control-Expose-Headers "{exposed}"
Header always set Content-Security-Policy "{csp}"
Header always set Referrer-Policy "strict-origin-when-cross-origin"
Header always set X-Content-Type-Options "nosniff"
Header always set Cache-Control "{page}"
<FilesMatch "[.](ttl|jsonld|rdf|nt|json|csv|xlsx|tsv)$">
    Header always set Cache-Control "{format}"
</FilesMatch>
Header always set Cache-Control "{redirect}" "expr=%<<REQUEST_STATUS>> == 303"
Header always set Vary "Accept" env=LK_VARY

RewriteEngine On
RewriteCond %<<REQUEST_METHOD>> !^(GET|HEAD|OPTIONS)$
RewriteRule ^ - [R=405,L]
RewriteCond %<<REQUEST_URI>> !/{void}$
RewriteRule (^|/)[.] - [R=404,L]

RewriteCond %<<HTTP:Accept>> ^$
RewriteRule ^ - [E=LK_EXT:.html]
{accepted}
RewriteCond %<<ENV:LK_EXT>> ^$
RewriteRule ^ - [E=LK_EXT:none]

RewriteCond %<<DOCUMENT_ROOT>>/$1.ttl -f
RewriteCond %<<ENV:LK_EXT>> =.html
RewriteRule ^id/(.+)$ /$1 [R=303,L,E=LK_VARY:1]
RewriteCond %<<ENV:LK_EXT>> !=none
RewriteCond %<<DOCUMENT_ROOT>>/$1%<<ENV:LK_EXT>> -f
RewriteRule ^id/(.+)$ /$1%<<ENV:LK_EXT>> [R=303,L,E=LK_VARY:1]
RewriteCond %<<DOCUMENT_ROOT>>/$1.ttl -f
RewriteRule ^id/(.+)$ - [R=406,L,E=LK_VARY:1]
RewriteRule ^id/ - [R=404,L]

RewriteCond %<<ENV:LK_EXT>> =.html
RewriteRule ^def/([A-Za-z0-9_-]*)$ /def.html#$1 [R=303,L,NE,E=LK_VARY:1]
RewriteCond %<<DOCUMENT_ROOT>>/def%<<ENV:LK_EXT>> -f
RewriteRule ^def/[A-Za-z0-9_-]*$ /def%<<ENV:LK_EXT>> [R=303,L,E=LK_VARY:1]
RewriteRule ^def/ - [R=406,L,E=LK_VARY:1]

RewriteCond %<<REQUEST_FILENAME>> -f
RewriteRule ^ - [L]
RewriteRule ^$ index.html [L]
RewriteCond %<<DOCUMENT_ROOT>>/$1.ttl -f
RewriteCond %<<ENV:LK_EXT>> =none
RewriteRule ^(.+)$ - [R=406,L,E=LK_VARY:1]
RewriteCond %<<ENV:LK_EXT>> !=.html
RewriteCond %<<DOCUMENT_ROOT>>/$1%<<ENV:LK_EXT>> -f
RewriteRule ^(.+)$ /$1%<<ENV:LK_EXT>> [R=303,L,E=LK_VARY:1]
RewriteCond %<<DOCUMENT_ROOT>>/$1.html -f
RewriteRule ^(.+)$ $1.html [L,E=LK_VARY:1]
"""

HOSTS: Final[dict[str, Callable[[str], str]]] = {
    "nginx": _nginx,
    "caddy": _caddy,
    "apache": _apache,
}
"""Web server to what writes its rules."""
