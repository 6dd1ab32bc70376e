"""The vocabularies this ParnasSys knows; a term of any other one is taken as it comes (uwlr.md §1.3, §6.7)."""

from __future__ import annotations

from collections.abc import Mapping

SUBJECTS = "http://purl.edustandaard.nl/concept/328cc12a-87b2-41c4-aef8-853595f9f9dd"
"""Recommended vakgebied vocabulary for method-bound tests, June 2018."""

KNOWN: Mapping[str, frozenset[str]] = {
    SUBJECTS: frozenset(
        [
            "Voorschoolse educatie",
            "Kleuteronderwijs",
            "Mondeling Taalonderwijs",
            "Groep 3 lezen, taal en spelling",
            "Spelling",
            "Voortgezet taal",
            "Begrijpend/studerend lezen",
            "Schrijven",
            "Voortgezet technisch lezen",
            "Voortgezet lezen",
            "Rekenen en wiskunde",
            "Wereldoriëntatie",
            "Verkeer",
            "Natuur- en techniekonderwijs",
            "Aardrijkskunde",
            "Geschiedenis",
            "Engels",
            "Fries",
            "Bewegen",
            "Beeldende vorming",
            "Muzische vorming of muziek",
            "Drama",
            "Godsdienst / levensbeschouwing",
        ]
    )
}
