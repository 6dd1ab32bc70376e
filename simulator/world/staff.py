"""The people who work at a school: teachers who share a group, and the others."""

from __future__ import annotations

import unicodedata

from .chance import Dice
from .draft import Draft, Traits
from .families import eck_id, las_key
from .model import SimName, SimTeacher, Thread
from .people import grown_up_name, joined, origin_of_family, surname
from .tables import frequencies


def appoint(draft: Draft, role: str, groups: tuple[str, ...] = ()) -> SimTeacher:
    """Make a member of staff with one role; it is enrolled at once."""
    number = draft.number()
    traits, shares = draft.traits, frequencies("teachers")
    dice = Dice(traits.seed, "leerkracht", number)
    sex = "V" if dice.chance(shares["female_share"]) else "M"
    origin = "dutch" if dice.chance(0.75) else origin_of_family(dice, city=traits.city)
    own = surname(dice, origin)
    if sex == "V" and dice.chance(shares["married_name_share"]):
        own = joined(surname(dice, "dutch"), own, dice)
    name = grown_up_name(dice, origin, sex, own)
    taken = {teacher.email for teacher in draft.teachers.values()}
    teacher = SimTeacher(
        thread=Thread(f"leerkracht/{number}"),
        key=las_key(traits.seed, "leerkracht", number),
        eckid=eck_id(traits.seed, "leerkracht", number)
        if dice.chance(frequencies("schools")["teacher_eckid_share"])
        else "",
        name=name,
        sex=sex,
        email="" if dice.chance(shares["no_email_share"]) else address(name, traits, taken),
        groups=groups,
        roles=(role,),
    )
    draft.teachers[teacher.thread] = teacher
    return teacher


def staff(draft: Draft, pupils: int, wanted: int | None) -> None:
    """Fill the posts of a school: every group its teachers, and the others by size; `wanted` = exactly so many."""
    shares = frequencies("teachers")
    for group in draft.home_groups():
        count = 1 + draft.dice.chance(shares["groups_shared_share"]) + draft.dice.chance(shares["three_share"])
        for _ in range(count if wanted is None else min(count, wanted - len(draft.teachers))):
            appoint(draft, "LRK", (group.key,))
    for role, one_for in frequencies("roles").items():
        share = pupils / one_for
        count = max(int(share) + draft.dice.chance(share % 1), 1 if role in ("DIR", "IB") else 0)
        for _ in range(count if wanted is None else min(count, wanted - len(draft.teachers))):
            appoint(draft, role)
    homes = draft.home_groups()
    while wanted is not None and len(draft.teachers) < wanted:
        appoint(draft, draft.dice.pick(("LRK", "OWA", "VAK")), (draft.dice.pick(homes).key,) if homes else ())


def address(name: SimName, traits: Traits, taken: set[str]) -> str:
    """Return the school's address for this name; a number is added when it is taken."""
    prefix = plain(name.prefix).replace(" ", "").replace("'", "")
    last = prefix + plain(name.surname).replace(" ", "").replace("-", "").replace("'", "")
    first = plain(name.call_name).replace(" ", "").replace("-", "")
    local = (f"{first[:1]}.{last}", f"{first}.{last}", f"{first}{last[:1]}")[traits.mail_style]
    found, number = f"{local}@{traits.domain}", 2
    while found in taken:
        found, number = f"{local}{number}@{traits.domain}", number + 1
    return found


_LETTERS = str.maketrans({"ł": "l", "ı": "i", "ø": "o", "ß": "ss", "đ": "d"})


def plain(text: str) -> str:
    """Return `text` in lower case without accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).translate(_LETTERS)
