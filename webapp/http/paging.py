"""The pages before and after one page of a list, as a `Link` header (RFC 8288)."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from flask import Response, request

from webapp.addresses import LAST_PAGE

LONGEST_LINK = 4_000  # characters; many programs refuse longer headers


def page_addresses(page: int, limit: int, total: int) -> dict[str, str]:
    """Return where `next` and `prev` lead, as far as there are such pages: the address that was asked for, with another page.

    They begin with the path, so that no name of a host which a request made up stands in them.
    """
    last = min(-(-total // limit), LAST_PAGE)
    wanted = {"next": page + 1, "prev": min(page - 1, last)}
    others = [pair for pair in request.args.items(multi=True) if pair[0] != "page"]
    return {
        relation: f"{quote(request.path)}?{urlencode([*others, ('page', str(number))], errors='replace')}"
        for relation, number in wanted.items()
        if 1 <= number <= last
    }


def link_pages(response: Response, page: int, limit: int, total: int) -> Response:
    """Return the response with its `Link` header."""
    listed = [f'<{to}>; rel="{relation}"' for relation, to in page_addresses(page, limit, total).items()]
    if listed and max(map(len, listed)) <= LONGEST_LINK:
        response.headers["Link"] = ", ".join(listed)
    return response
