"""Themes as SKOS, the W3C's vocabulary for thesauri, and back. The only file that imports rdflib.

prefLabel, altLabel (labels and acronyms; French names with their language), scopeNote, broader, narrower, related and example are SKOS's own. What SKOS
has no word for (hints, forbidden phrases, counterexamples, which labels are acronyms, the order of the themes) stands
under NAMESPACE, so that a round trip loses nothing. Reference: https://www.w3.org/TR/skos-reference/.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from search.errors import BadFile
from search.model import Theme, Themes
from search.permalinks import slug

NAMESPACE = Namespace("urn:findings:themes#")
FORMATS = {"turtle": "turtle", "jsonld": "json-ld"}
"""Names of formats as people give them, and as rdflib calls them."""

SUFFIXES = {".ttl": "turtle", ".jsonld": "json-ld", ".json": "json-ld", ".rdf": "xml", ".nt": "nt"}
OWN_LISTS = ("acronyms", "hints", "forbidden", "counterexamples")
ENGLISH = ("en", "en-gb", "en-us", None)
"""Languages of labels that are taken; labels of others would be looked for in English texts."""
FRENCH = "fr"
"""The language of names by which a theme is also searched, though not marked."""


def write_skos(themes: Themes, form: str, base: str = "urn:findings:") -> str:
    """Return the themes as a text in a format of FORMATS; each concept's address is `base` + "themes/" + its id."""
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.bind("findings", NAMESPACE)
    scheme = URIRef(f"{base}themes/")
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    for position, theme in enumerate(themes.all, start=1):
        _add(graph, theme, scheme, position)
    return graph.serialize(format=FORMATS[form])


def _add(graph: Graph, theme: Theme, scheme: URIRef, position: int) -> None:
    """One theme as a concept."""
    concept = URIRef(f"{scheme}{theme.theme_id}")

    def say(predicate: URIRef, values: Iterable[str]) -> None:
        for value in values:
            graph.add((concept, predicate, Literal(value, lang="en")))

    graph.add((concept, RDF.type, SKOS.Concept))
    graph.add((concept, SKOS.inScheme, scheme))
    graph.add((concept, SKOS.notation, Literal(theme.theme_id)))
    graph.add((concept, NAMESPACE.position, Literal(position)))
    say(SKOS.prefLabel, [theme.label])
    say(SKOS.altLabel, [*theme.labels, *theme.acronyms])
    for place, name in enumerate(theme.french):
        graph.add((concept, SKOS.altLabel if place else SKOS.prefLabel, Literal(name, lang=FRENCH)))
    say(SKOS.scopeNote, [theme.scope] if theme.scope else [])
    say(SKOS.example, theme.examples)
    for name in OWN_LISTS:
        say(NAMESPACE[name], getattr(theme, name))
    for other in theme.broader:
        graph.add((concept, SKOS.broader, URIRef(f"{scheme}{other}")))
        graph.add((URIRef(f"{scheme}{other}"), SKOS.narrower, concept))
    for other in theme.related:
        graph.add((concept, SKOS.related, URIRef(f"{scheme}{other}")))


def load_skos(path: Path) -> Themes:
    """Return the concepts of a file as themes. Raises BadFile for a file that is not SKOS, and concepts without a label."""
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise BadFile(path, f"the ending says no format; there are: {', '.join(SUFFIXES)}")
    graph = Graph()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", DeprecationWarning
            )  # rdflib's JSON-LD parser uses a class that it deprecates
            graph.parse(path.as_posix(), format=form)
    except OSError as error:
        raise BadFile(path, f"cannot be read: {error.strerror or error}") from error
    except Exception as error:  # each of rdflib's parsers raises errors of its own
        raise BadFile(path, f"is not {form}: {str(error).strip().splitlines()[0][:200]}") from error
    concepts = sorted(graph.subjects(RDF.type, SKOS.Concept), key=lambda c: (_position(graph, c), str(c)))
    if not concepts:
        raise BadFile(path, "holds no skos:Concept")
    ids = {concept: _id(graph, concept) for concept in concepts}
    return Themes.of(tuple(_theme(path, graph, concept, ids) for concept in concepts))


def _position(graph: Graph, concept: Node) -> int:
    """The place of a concept among the themes; those of other makers come after, by address."""
    found = graph.value(concept, NAMESPACE.position)
    return int(str(found)) if found is not None and str(found).isdigit() else 1_000_000


def _id(graph: Graph, concept: Node) -> str:
    """The notation, else the last part of the address, as an id."""
    notation = graph.value(concept, SKOS.notation)
    return slug(
        str(
            notation
            if notation is not None
            else str(concept).rstrip("/#").replace("#", "/").rpartition("/")[2]
        )
    )


def _texts(
    graph: Graph, concept: Node, *predicates: URIRef, languages: Sequence[str | None] = ENGLISH
) -> tuple[str, ...]:
    """The texts in some languages, which are English or not said as a rule, in the order of the alphabet."""
    found = (value for predicate in predicates for value in graph.objects(concept, predicate))
    return tuple(
        sorted(
            {str(v).strip() for v in found if getattr(v, "language", None) in languages and str(v).strip()}
        )
    )


def _theme(path: Path, graph: Graph, concept: Node, ids: dict[Node, str]) -> Theme:
    """One concept as a theme."""
    labels = _texts(graph, concept, SKOS.prefLabel)
    if not labels:
        raise BadFile(path, f"the concept {concept} has no English skos:prefLabel")
    own = {name: _texts(graph, concept, NAMESPACE[name]) for name in OWN_LISTS}
    others = _texts(graph, concept, SKOS.altLabel, SKOS.hiddenLabel)
    known = {labels[0], *own["acronyms"]}
    above = {*graph.objects(concept, SKOS.broader), *graph.subjects(SKOS.narrower, concept)}
    beside = {*graph.objects(concept, SKOS.related), *graph.subjects(SKOS.related, concept)}
    return Theme(
        theme_id=ids[concept],
        label=labels[0],
        scope=" ".join(_texts(graph, concept, SKOS.scopeNote) or _texts(graph, concept, SKOS.definition)),
        labels=tuple(label for label in others if label not in known),
        broader=tuple(sorted(ids[other] for other in above if other in ids)),
        related=tuple(sorted(ids[other] for other in beside if other in ids)),
        examples=_texts(graph, concept, SKOS.example),
        french=_texts(graph, concept, SKOS.prefLabel, SKOS.altLabel, languages=(FRENCH,)),
        **own,
    )
