"""The desk's use cases for who may come in: add, list and remove keys."""

from __future__ import annotations

from core.desk.actor import Act, Actor, Role
from core.desk.office import Office
from core.desk.passes import AccessList, Pass, PublicKey
from core.errors import Refused, UnreadableInput
from core.language import _
from core.model import SchoolId

LONGEST_NAME = 80


class AccessDesk:
    """Hands out and takes back passes. Only who may manage access may even look at the list."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def show(self, actor: Actor) -> AccessList:
        """Return everybody who may come in."""
        self._office.require(actor, Act.MANAGE_ACCESS)
        return self._office.store.access().read()

    def add(self, actor: Actor, name: str, role: Role, schools: frozenset[SchoolId], key_text: str) -> Pass:
        """Give the holder of this public key a name, a role and schools; return the pass.

        Raises UnreadableInput for a key or name that cannot be used, Refused when role and schools do not go together
        or the key has been handed out already.
        """
        self._office.require(actor, Act.MANAGE_ACCESS)
        key = PublicKey.parse(key_text)
        new = Pass(
            fingerprint=key.fingerprint,
            key=key.line,
            name=_fit(name),
            role=role,
            schools=schools,
            added=self._office.clock.now(),
            added_by=actor.name,
        )
        _refuse_mismatch(new)
        with self._office.store.access().edit() as draft:
            if holder := draft.value.of(new.fingerprint):
                raise Refused(
                    _("Deze sleutel is al van {name} ({role}).").format(name=holder.name, role=_(holder.role.value)),
                    todo=_("Verwijder die eerst met: koppeldesk access remove {fingerprint}").format(
                        fingerprint=new.fingerprint
                    ),
                )
            draft.value = draft.value.plus(new)
        self._office.note(
            actor, Act.MANAGE_ACCESS, subject=new.fingerprint, to=" ".join([role.value, *sorted(map(str, schools))])
        )
        return new

    def remove(self, actor: Actor, who: str) -> tuple[Pass, ...]:
        """Take back the pass with this fingerprint, or all passes of this name; return what was taken back.

        Raises UnreadableInput when nobody answers to `who`.
        """
        self._office.require(actor, Act.MANAGE_ACCESS)
        with self._office.store.access().edit() as draft:
            gone = draft.value.named(who)
            if not gone:
                raise UnreadableInput(
                    _("Niemand met toegang heet zo, en geen sleutel heeft deze vingerafdruk: {who}").format(who=who),
                    todo=_("Kijk wie er toegang heeft met: koppeldesk access list"),
                )
            draft.value = draft.value.minus(gone)
        for each in gone:
            self._office.note(actor, Act.MANAGE_ACCESS, subject=each.fingerprint, came_from=each.role.value)
        return gone


def _fit(name: str) -> str:
    """Return the name without outer blanks; it goes to screens and logs, so it must be one printable line."""
    fit = " ".join(name.split())
    if not fit or len(fit) > LONGEST_NAME or not fit.isprintable():
        raise UnreadableInput(
            _("Deze naam kan niet: geef 1 tot {longest} gewone tekens op één regel.").format(longest=LONGEST_NAME)
        )
    return fit


def _refuse_mismatch(new: Pass) -> None:
    """Refuse roles that nobody can have over SSH, and schools that do not go with the role."""
    if new.role is Role.MACHINE:
        raise Refused(
            _("De rol {role} is van de nachtelijke run en niet van een mens.").format(role=new.role.value),
            todo=_("Kies klantenservice, beheerder, lezer of trainer."),
        )
    if new.role is Role.ADMINISTRATOR and not new.schools:
        raise Refused(
            _("Een beheerder hoort bij een of meer scholen."),
            todo=_("Noem ze met: --school 12AB"),
        )
    if new.role in (Role.SERVICE, Role.TRAINER) and new.schools:
        raise Refused(
            _("De rol {role} geldt voor alle scholen.").format(role=new.role.value),
            todo=_("Laat --school weg, of kies de rol beheerder of lezer."),
        )
