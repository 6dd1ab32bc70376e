"""Who is who: links incoming groups, teachers and pupils to existing ones, and says why and how sure.

`match_pupils`, `match_teachers` and `match_groups` take facts and evidence (`facts.py`) and return one `Match`
(`outcome.py`) for each incoming record, in their order. One existing record is decided for at most once. Match the
pupils first: `group_flow` of the outcome tells `match_groups` where the pupils went.
"""

from core.importing.matching.entry import match_groups, match_pupils, match_teachers
from core.importing.matching.facts import (
    Evidence,
    GroupFacts,
    Keys,
    PersonFacts,
    TeacherFacts,
    existing_group,
    existing_pupil,
    existing_teacher,
    incoming_group,
    incoming_pupil,
    incoming_teacher,
)
from core.importing.matching.group_flow import GroupFlow, group_flow
from core.importing.matching.outcome import (
    Agreement,
    Auto,
    Candidate,
    Decision,
    Field,
    Flag,
    Ground,
    Match,
    New,
    Suggest,
)

__all__ = [
    "Agreement",
    "Auto",
    "Candidate",
    "Decision",
    "Evidence",
    "Field",
    "Flag",
    "Ground",
    "GroupFacts",
    "GroupFlow",
    "Keys",
    "Match",
    "New",
    "PersonFacts",
    "Suggest",
    "TeacherFacts",
    "existing_group",
    "existing_pupil",
    "existing_teacher",
    "group_flow",
    "incoming_group",
    "incoming_pupil",
    "incoming_teacher",
    "match_groups",
    "match_pupils",
    "match_teachers",
]
