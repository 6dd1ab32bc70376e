"""The facts: schools, groups, teachers and pupils, as ParnasSys sends them and as the test centre holds them.

Two families, never mixed up: `Incoming…` is what ParnasSys sent; `Group`, `Teacher` and `Pupil` are the test centre's
own records. All values are frozen; nothing here knows how it travels or is kept.
"""

from core.model.identity import (
    EckId,
    GroupId,
    IncomingRef,
    Kind,
    LasKey,
    PupilId,
    SchoolId,
    SchoolYear,
    Sex,
    TeacherId,
    ref_of,
)
from core.model.incoming import Completeness, IncomingGroup, IncomingPupil, IncomingTeacher, Roster
from core.model.person import PersonName
from core.model.register import Group, LinkedAs, Pupil, Register, Teacher
from core.model.school import Administrator, LinkAddress, School
from core.model.secret import Secret

__all__ = [
    "Administrator",
    "Completeness",
    "EckId",
    "Group",
    "GroupId",
    "IncomingGroup",
    "IncomingPupil",
    "IncomingRef",
    "IncomingTeacher",
    "Kind",
    "LasKey",
    "LinkAddress",
    "LinkedAs",
    "PersonName",
    "Pupil",
    "PupilId",
    "Register",
    "Roster",
    "School",
    "SchoolId",
    "SchoolYear",
    "Secret",
    "Sex",
    "Teacher",
    "TeacherId",
    "ref_of",
]
