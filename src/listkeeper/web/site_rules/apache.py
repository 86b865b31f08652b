"""The rules for Apache: an `.htaccess`."""

from __future__ import annotations

import re
from typing import Final

from listkeeper.web.site_rules.asked import choices
from listkeeper.web.site_rules.sent import file_types, filled, longer_endings


def apache(root: str) -> str:
    """Write the rules for a site in a folder."""
    del root  # the rules lie in the site itself
    conditions = "\n".join(
        f"RewriteCond %{{ENV:LK_EXT}} ^$\n"
        f'RewriteCond %{{HTTP:Accept}} "{_quoted(c.pattern)}" [NC]\n'
        f"RewriteRule ^ - [E=LK_EXT:{c.extension}]"
        for c in choices()
    )
    types = "\n".join(
        f'<FilesMatch "{re.escape(end)}$">\n    ForceType "{_quoted(kind)}"\n</FilesMatch>'
        for end, kind in {**file_types(), **longer_endings()}.items()
    )
    return filled(
        APACHE,
        accepted=conditions,
        types=types,
    )


def _quoted(text: str) -> str:
    return text.replace('"', r"\"")


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
