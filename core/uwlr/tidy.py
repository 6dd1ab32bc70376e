"""Mends an answer that breaks the schema in ways that do no harm: order, layout, empty elements, elements nobody knows.

What an element may hold, and in which order, is read from the schema itself, so there is one source for it. Seen in
real answers (uwlr.md §9): children in another order, empty `voorvoegsel`, extra elements.
"""

from __future__ import annotations

from functools import cache

from lxml import etree

from core.wire import schemas
from core.wire.names import LEERLINGGEGEVENS, SOAP

_XS = "{http://www.w3.org/2001/XMLSchema}"
_NS = f"{{{LEERLINGGEGEVENS}}}"


def tidy(root: etree._Element) -> set[str]:
    """Mend the answer under `root` in place; return the names of the unknown elements that were taken out."""
    unknown: set[str] = set()
    declarations = _schema().roots
    body = root.find(f"{{{SOAP}}}Body")
    for element in body if body is not None else ():
        declaration = declarations.get(_local(element))
        if declaration is not None:
            _tidy(element, declaration, unknown)
    return unknown


def _tidy(element: etree._Element, declaration: etree._Element, unknown: set[str]) -> None:
    allowed = _schema().children(declaration)
    places = {_NS + name: place for place, name in enumerate(allowed)}
    for child in list(element):
        found = allowed.get(_local(child)) if child.tag in places else None
        if found is None:
            unknown.add(_local(child))
            element.remove(child)
            continue
        _tidy(child, found, unknown)
        if _schema().holds_nothing(found) and not (child.text or "").strip():
            child.text = None
        if _is_empty(child) and not _schema().may_be_empty(found):
            element.remove(child)
    in_order = sorted(element, key=lambda child: places[str(child.tag)])
    if in_order != list(element):
        element[:] = in_order


def _is_empty(element: etree._Element) -> bool:
    return not len(element) and not (element.text or "").strip() and not any(element.attrib.values())


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


class _Schema:
    """What the schema of pupil data says about which element may stand in which."""

    def __init__(self) -> None:
        self._document = etree.fromstring(schemas.read("leerlinggegevens.xsd"))
        self.roots = self._named("element")
        self._types = self._named("complexType")
        self._groups = self._named("group")
        self._known: dict[etree._Element, dict[str, etree._Element]] = {}

    def children(self, declaration: etree._Element) -> dict[str, etree._Element]:
        """Return the declarations of the children, by name, in the order they must stand in."""
        if declaration not in self._known:
            kind = self._type(declaration)
            self._known[declaration] = dict(self._walk(kind)) if kind is not None else {}
        return self._known[declaration]

    def holds_nothing(self, declaration: etree._Element) -> bool:
        """Whether no text at all may stand in it, not even a line break: references and empty answers."""
        kind = self._type(declaration)
        return kind is not None and not self.children(declaration)

    def may_be_empty(self, declaration: etree._Element) -> bool:
        """Whether an element without anything in it says something: `geenwijzigingen` does, `<voorvoegsel/>` not."""
        kind = self._type(declaration)
        return kind is not None and not len(kind)

    def _type(self, declaration: etree._Element) -> etree._Element | None:
        inline = declaration.find(f"{_XS}complexType")
        return inline if inline is not None else self._types.get(declaration.get("type", ""))

    def _walk(self, node: etree._Element) -> list[tuple[str, etree._Element]]:
        found: list[tuple[str, etree._Element]] = []
        for child in node.iterchildren(f"{_XS}element", f"{_XS}group", f"{_XS}sequence", f"{_XS}choice"):
            if child.tag == f"{_XS}element":
                found.append((child.get("name", ""), child))
            elif child.tag == f"{_XS}group":
                found += self._walk(self._groups[child.get("ref", "")])
            else:
                found += self._walk(child)
        return found

    def _named(self, kind: str) -> dict[str, etree._Element]:
        return {element.get("name", ""): element for element in self._document.iterfind(f"{_XS}{kind}")}


@cache
def _schema() -> _Schema:
    return _Schema()
