"""What a reply means that is no SOAP message: who must act (uwlr.md §5.2, last row)."""

from __future__ import annotations

from core.errors import AnswerLost, ContentRefused, KoppeldeskError, TryLater, WeMustAct
from core.language import _
from core.uwlr.transport import Reply
from core.uwlr.unreadable import unreadable

_LATER = frozenset({408, 425, 429, 503})
"""Said before anything was done with the message; any other 5xx may come after."""


def is_web_page(reply: Reply) -> bool:
    """Whether a person's web page came instead of a message: a login, a proxy, a wrong address."""
    start = reply.body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html"))


def not_a_message(reply: Reply) -> KoppeldeskError | None:
    """Return the error for a web page with a status that says all is well; None when it is no web page."""
    if not is_web_page(reply):
        return None
    return unreadable("/", "soap:Envelope", _("een webpagina"))


def refused_by(reply: Reply) -> KoppeldeskError | None:
    """Return the error that a status stands for by itself; None when only the body can tell."""
    reference = f"HTTP {reply.status}"
    if 300 <= reply.status < 400:
        return WeMustAct(
            _("Het adres van ParnasSys verwijst door naar een ander adres; dat is niet gevolgd."),
            todo=_("Vraag ParnasSys naar het juiste adres en pas de instellingen aan."),
            reference=reference,
        )
    if reply.status in (401, 403):
        return WeMustAct(
            _("De server van ParnasSys laat ons niet toe ({reference}).").format(reference=reference),
            todo=_("Vraag ParnasSys of ons netwerkadres en certificaat zijn toegelaten."),
            reference=reference,
        )
    if reply.status == 413:
        return ContentRefused(
            _("Het bericht is ParnasSys te groot."), todo=_("Verzend het in kleinere delen."), reference=reference
        )
    if reply.status in _LATER or reply.status >= 500:
        kind = TryLater if reply.status in _LATER else AnswerLost
        return kind(
            _("ParnasSys is tijdelijk niet bereikbaar ({reference}).").format(reference=reference),
            todo=_("Probeer het later opnieuw."),
            reference=reference,
        )
    if reply.status >= 400:
        return WeMustAct(
            _("Op het ingestelde adres is geen UWLR-dienst ({reference}).").format(reference=reference),
            todo=_("Controleer het adres van ParnasSys in de instellingen."),
            reference=reference,
        )
    return None
