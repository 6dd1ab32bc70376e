"""The last gate before sending: a message of ours that is not valid never leaves."""

from __future__ import annotations

from functools import cache
from threading import Lock

from lxml import etree

from core.errors import WeMustAct
from core.language import _
from core.wire.names import Service, Version
from core.wire.schemas import compile_message_schema


def checked(
    envelope: etree._Element, service: Service, version: Version, refusal: type[WeMustAct] = WeMustAct
) -> bytes:
    """Return the message as bytes, ready to send.

    Raises `refusal`, with the path, when it does not hold to the schema. The schema's own words are left out: they
    quote values.
    """
    with _one_at_a_time:
        schema = _schema(service, version)
        if not schema.validate(envelope):
            entry = schema.error_log[0]
            raise invalid(_place(envelope, entry.path), entry.type_name, refusal)
    return etree.tostring(envelope, encoding="UTF-8", xml_declaration=True)


def invalid(path: str, rule: str, refusal: type[WeMustAct] = WeMustAct) -> WeMustAct:
    """Return the error for a message of ours that may not be sent."""
    return refusal(
        _("Ons bericht aan ParnasSys klopt niet bij {path} ({rule}); het is niet verzonden.").format(
            path=path, rule=rule
        ),
        todo=_("Meld dit aan de makers van Koppeldesk, met deze plaats erbij."),
        reference="ongeldig bericht",
    )


def _place(envelope: etree._Element, path: str | None) -> str:
    """Turn the validator's `/*/*[2]/*[3]` into names."""
    found = envelope.getroottree().xpath(path, namespaces=_prefixes(envelope)) if path else []
    element = found[0] if isinstance(found, list) and found else None
    if not isinstance(element, etree._Element):
        # A broken reference has no place of its own: it is the message as a whole that is wrong.
        return f"/{etree.QName(envelope[-1][0]).localname}"
    steps = [_step(step) for step in (element, *element.iterancestors())]
    return "/" + "/".join(reversed(steps[:-2]))


def _step(element: etree._Element) -> str:
    name = etree.QName(element).localname
    parent = element.getparent()
    twins = [] if parent is None else parent.findall(str(element.tag))
    return f"{name}[{twins.index(element) + 1}]" if len(twins) > 1 else name


def _prefixes(envelope: etree._Element) -> dict[str, str]:
    return {prefix: uri for element in envelope.iter() for prefix, uri in element.nsmap.items() if prefix}


_one_at_a_time = Lock()


@cache
def _schema(service: Service, version: Version) -> etree.XMLSchema:
    return compile_message_schema(service, version)
