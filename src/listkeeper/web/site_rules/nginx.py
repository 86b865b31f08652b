"""The rules for nginx: an `http` block's `map` and `server`."""

from __future__ import annotations

import re
from typing import Final

from listkeeper.web.site_rules.asked import choices
from listkeeper.web.site_rules.sent import file_types, filled, longer_endings


def nginx(root: str) -> str:
    """Write the rules for a site in a folder."""
    accepted = "\n".join(f"    '~*{c.pattern}' {c.extension};" for c in choices())
    types = "\n".join(f'    "{kind}" {end[1:]};' for end, kind in file_types().items())
    longer = "\n".join(
        f"location ~ '{re.escape(end)}$' {{ types {{ }} default_type '{kind}'; }}"
        for end, kind in longer_endings().items()
    )
    return filled(
        NGINX,
        accepted=accepted,
        types=types,
        longer=longer,
        root=root,
    )


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
