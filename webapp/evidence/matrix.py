"""How a selection of findings spreads: type by year or by edition, whom they address. Every count is a link to its findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from search.answering.ask import spread
from search.engines.request import Sort
from search.query.names import UNDATED, Names
from webapp.context import services
from webapp.evidence.selection import ORDERS, TYPES, WIDER, Selection
from webapp.pages.presenters import FINDING_SIGNS

SHADES = 5  # steps of the shading; more cannot be told apart
MOST_OFFERED = 40  # values of a facet; the rest is reached by narrowing first
SAID = ("speech", "press")
"""Kinds of documents in which something is said; in all others it was found."""


@dataclass(frozen=True, slots=True)
class Link:
    """A count with the address of what it counts; the address of a chosen one leads back to where it is not chosen."""

    label: str
    count: int
    href: str
    chosen: bool = False
    shade: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One type of finding: all of them, then those of each column."""

    sign: str
    whole: Link
    cells: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Types of findings against years, the latest first, or against editions."""

    facet: str
    columns: tuple[Link, ...]
    lines: tuple[Line, ...]


def make_matrix(selection: Selection, facet: str, names: Names) -> Matrix:
    """Return the matrix of a selection, whatever type and column is chosen in it; `facet` is `year` or `edition`."""
    bare = selection.choosing(finding=(), **{facet: ()})
    found = {kind: _count(bare.choosing(finding=(kind,)), facet) for kind in TYPES}
    sums = {value: sum(counts.get(value, 0) for _, counts in found.values()) for _, counts in found.values() for value in counts}  # fmt: skip
    columns = sorted(sums, key=lambda value: (value != UNDATED, value), reverse=True)
    highest = max((count for _, counts in found.values() for count in counts.values()), default=0)
    kinds, values = selection.chosen("finding"), selection.chosen(facet)

    def link(kind: tuple[str, ...], value: tuple[str, ...], count: int, label: str) -> Link:
        chosen = bool(kind or value) and kinds == kind and values == value
        target = bare if chosen else bare.choosing(finding=kind, **{facet: value})
        shade = -(-SHADES * count // highest) if highest and kind and value else 0
        return Link(label, count, target.href(), chosen, shade)

    lines = tuple(
        Line(
            FINDING_SIGNS[kind],
            link((kind,), (), total, kind.capitalize()),
            tuple(
                link((kind,), (value,), counts.get(value, 0), names.label(facet, value)) for value in columns
            ),
        )
        for kind, (total, counts) in found.items()
    )
    heads = tuple(link((), (value,), sums[value], names.label(facet, value)) for value in columns)
    return Matrix(facet, heads, lines)


def choose_matrix(selection: Selection, names: Names) -> Matrix:
    """Return the matrix by year; by edition where one is chosen, or where all are of one year and most belong to several editions."""
    if selection.chosen("edition"):
        return make_matrix(selection, "edition", names)
    by_year = make_matrix(selection, "year", names)
    if len(by_year.columns) > 1 or selection.chosen("year"):
        return by_year
    by_edition = make_matrix(selection, "edition", names)
    told, total = (
        sum(column.count for column in by_edition.columns),
        sum(line.whole.count for line in by_year.lines),
    )
    return by_edition if len(by_edition.columns) > 1 and 2 * told >= total else by_year


def _count(selection: Selection, facet: str) -> tuple[int, Mapping[str, int]]:
    """How many findings a selection has, in all and by the values of a facet."""
    ranking = spread(selection.asked(), (facet,), services().room.opened.context)
    return ranking.total, ranking.facets[facet]


@dataclass(frozen=True, slots=True)
class Group:
    """What a selection can be narrowed by."""

    facet: str
    label: str
    links: tuple[Link, ...]


GROUPS = (
    ("addressee", "Addressed to"),
    ("mentions", "Mentioned"),
    ("theme", "Theme"),
    ("edition", "Edition"),
    ("kind", "Kind"),
)

PARTIAL = ("addressee", "mentions")
"""Facets that most findings have no value of, so that one value alone narrows, too."""


def make_groups(selection: Selection, names: Names) -> list[Group]:
    """Return the values of each facet, the most frequent first, those with one value alone left out unless it is chosen."""
    shown = [pair for pair in GROUPS if pair[0] != "theme" or selection.theme_id is None]
    asked = {name: WIDER.get(name, name) if selection.weak else name for name, _ in shown}
    ranking = spread(selection.asked(), tuple(asked.values()), services().room.opened.context)
    groups = []
    for name, label in shown:
        counts = ranking.facets[asked[name]]
        links = [_choice(selection, name, value, counts[value], names) for value in counts]
        links.sort(key=lambda link: (not link.chosen, -link.count, link.label))
        if len(links) > 1 or any(link.chosen for link in links) or name in PARTIAL:
            groups.append(Group(name, label, tuple(links[:MOST_OFFERED])))
    return [group for group in groups if group.links]


def _choice(selection: Selection, facet: str, value: str, count: int, names: Names) -> Link:
    """One value of a facet."""
    chosen = selection.chosen(facet) == (value,)
    target = selection.choosing(**{facet: () if chosen else (value,)})
    return Link(names.label(facet, value), count, target.href(), chosen)


def make_orders(selection: Selection) -> list[tuple[str, str, bool]]:
    """Return what may come first: its name, its address, whether it does."""
    names = {Sort.STRONGEST: "strongest first", Sort.NEWEST: "newest first"}
    return [(names[order], selection.sorted_by(order).href(), order is selection.order) for order in ORDERS]


def make_switches(selection: Selection, total: int) -> list[Link]:
    """Return the switches between what was said and what was found, and what else could be shown; `total` is the number of findings now."""
    return [*_sides(selection), *_more(selection, total)]


def _sides(selection: Selection) -> list[Link]:
    """All kinds of documents, those in which something is said, those in which it was found; nothing where one is silent."""
    whole = selection.choosing(kind=())
    total, counts = _count(whole, "kind")
    said = tuple(kind for kind in SAID if kind in counts)
    found = tuple(sorted(kind for kind in counts if kind not in SAID))
    if not (said and found):
        return []
    kinds = selection.chosen("kind")
    sides = (("All", ()), ("Said in speeches and press", said), ("Found in reports", found))
    return [
        Link(
            label,
            sum(counts[kind] for kind in side) if side else total,
            whole.choosing(kind=side).href(),
            set(kinds) == set(side),
        )
        for label, side in sides
    ]


def _more(selection: Selection, total: int) -> list[Link]:
    """Weak findings too, copies too; each says how many it adds, or that it is on."""
    switches = []
    for label, on, other in (
        ("Weak ones too", selection.weak, replace(selection, weak=not selection.weak)),
        ("Older versions and copies too", selection.copies, replace(selection, copies=not selection.copies)),
    ):
        there = spread(other.asked(), (), services().room.opened.context).total
        if on or there > total:
            first = replace(other, question=replace(other.question, offset=0))
            switches.append(Link(label, abs(there - total), first.href(), on))
    return switches
