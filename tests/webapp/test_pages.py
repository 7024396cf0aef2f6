"""Each template has one page object, whose fields are all that it uses and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import meta, nodes

from search.settings import Settings
from webapp.app import create_app
from webapp.rendering import Page

TEMPLATES = Path(__file__).resolve().parents[2] / "webapp" / "templates"
PARTS = {"base.html", "macros.html", "draft_macros.html", "evidence.html", "said_before.html", "similar.html"}
"""Templates that others extend, import or include."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("pages")
    return create_app(Settings(corpus=folder, index=folder))


def pages() -> list[type[Page]]:
    """All page objects; a class with slots is made twice, and only the second one has fields."""
    made = {f"{page.__module__}.{page.__qualname__}": page for page in Page.__subclasses__()}
    return sorted(made.values(), key=lambda page: page.TEMPLATE)


def names_in(app: Flask, template: str) -> Iterator[str]:
    """The names that a template, and whatever it extends, includes or imports with its context, takes from outside."""
    parsed = app.jinja_env.parse((TEMPLATES / template).read_text(encoding="utf-8"))
    yield from meta.find_undeclared_variables(parsed) - set(names_made_in(parsed))
    for node in parsed.find_all((nodes.Extends, nodes.Include, nodes.FromImport)):
        assert isinstance(node, nodes.Extends | nodes.Include | nodes.FromImport)
        if getattr(node, "with_context", True):
            assert isinstance(node.template, nodes.Const)
            yield from names_in(app, node.template.value)


def names_made_in(parsed: nodes.Template) -> Iterator[str]:
    """The names that a template makes itself."""
    for imported in parsed.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in imported.names)
    yield from (macro.name for macro in parsed.find_all(nodes.Macro))
    targets = (made.target for made in parsed.find_all(nodes.Assign))
    yield from (target.name for target in targets if isinstance(target, nodes.Name))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.TEMPLATE)
def test_a_template_uses_the_fields_of_its_page_and_no_other_name(app: Flask, page: type[Page]) -> None:
    everywhere = {*app.jinja_env.globals, "request"}
    used = set(names_in(app, page.TEMPLATE)) - everywhere
    assert used == {field.name for field in fields(page)}


def test_each_template_has_one_page_object() -> None:
    templates = {file.name for file in TEMPLATES.iterdir()} - PARTS
    assert sorted(page.TEMPLATE for page in pages()) == sorted(templates)
