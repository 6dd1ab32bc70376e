"""What the command line says of its own accord: help pages and usage errors, whole in the language in use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cyclopts import App, CycloptsError, Group
from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from core.errors import UnreadableInput
from core.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cyclopts.help import HelpEntry, HelpPanel
    from rich.console import Console, ConsoleOptions

EXAMPLE = "Voorbeeld: "
"""How the last paragraph of a command's docstring begins; the command after it is shown as it stands."""

PLACEHOLDERS = {
    "COMMAND": N_("OPDRACHT"),
    "OPTIONS": N_("OPTIES"),
    "ARGS": N_("GEGEVENS"),
    "PATH": N_("PAD"),
    "STR": N_("TEKST"),
    "INT": N_("GETAL"),
    "CHOICE": N_("KEUZE"),
    "FILE": N_("BESTAND"),
    "KEY": N_("KENMERK"),
    "LETTER": N_("BERICHT"),
    "NAME": N_("NAAM"),
    "WHO": N_("WIE"),
    "INCOMING": N_("INKOMEND"),
    "EXISTING": N_("BESTAAND"),
    "ROWS": N_("RIJEN"),
    "FIELDS": N_("VELDEN"),
    "PUPILS": N_("LEERLINGEN"),
}
"""What a help page calls a value that is to be filled in; cyclopts makes the word from our code."""

HEADINGS = {
    "Commands": N_("Opdrachten"),
    "Arguments": N_("Gegevens"),
    "Parameters": N_("Opties"),
    "Always": N_("Bij elke opdracht"),
}

ALWAYS = Group("Always", sort_key=9)
"""The options that go with every command; shown last."""

UNSAID = frozenset({"False", "0", '""', "None"})
"""Defaults that say no more than that an option was not given."""


class HelpPage:
    """Draws a help page of cyclopts in our words: its protocol HelpFormatter."""

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:
        """Draw one panel: the commands, or the options."""
        from cyclopts.help import DefaultFormatter

        title = str(panel.title)
        entries = [_in_our_words(entry) for entry in panel.entries]
        DefaultFormatter()(console, options, panel.copy(title=_(HEADINGS.get(title, title)), entries=entries))

    def render_usage(self, console: Console, _options: ConsoleOptions, usage: Any) -> None:
        """Draw how the command is typed."""
        console.print(_("Gebruik: {usage}").format(usage=placeholders(str(usage))), style="bold", markup=False)

    def render_description(self, console: Console, _options: ConsoleOptions, description: Any) -> None:
        """Draw what the command does, with its example."""
        for paragraph in paragraphs(_plain(description)):
            console.print(_spoken(paragraph), markup=False, highlight=False)
            console.print()


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a docstring, each on one line, as they stand in the catalogue."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def placeholders(text: str) -> str:
    """Return `[OPTIONS] FILE` in the language in use."""
    return re.sub(r"[A-Z]+", lambda found: _(PLACEHOLDERS.get(found[0], found[0])), text)


def framed(app: App) -> App:
    """Give the command line, and with it everything below it, our help pages; return it."""
    app.help_formatter = HelpPage()
    app["--help"].help = _("Toont deze uitleg.")
    app["--version"].help = _("Toont de versie.")
    return app


def misused(error: CycloptsError) -> UnreadableInput:
    """Turn a usage error of the command line into one of ours; what a person typed is repeated, never a stored value."""
    what, known = _what(error)
    command = " ".join(("koppeldesk", *(error.command_chain or ())))
    todo = [_("Uitleg met een voorbeeld: {command}").format(command=f"{command} --help")]
    if known:
        todo.insert(0, _("Kies uit: {names}.").format(names=", ".join(known)))
    return UnreadableInput(what, todo="\n".join(todo), reference=command)


def _what(error: CycloptsError) -> tuple[str, list[str]]:
    """Return what is wrong, and what could have been typed instead when that is a short list."""
    match error:
        case UnknownCommandError(unused_tokens=[typed, *_rest]):
            known = _names(error.app)
            return _("De opdracht “{typed}” bestaat niet.").format(typed=typed) + _meant(typed, known), known
        case UnusedCliTokensError(unused_tokens=[typed, *_rest]) if not error.command_chain:
            known = _names(error.app)
            return _("De opdracht “{typed}” bestaat niet.").format(typed=typed) + _meant(typed, known), known
        case UnusedCliTokensError(unused_tokens=[typed, *_rest]):
            return _("“{typed}” is te veel bij deze opdracht.").format(typed=typed), []
        case UnknownOptionError():
            typed = (error.token.keyword or error.token.value).split("=", 1)[0]
            known = [name for argument in error.argument_collection for name in argument.names]
            return _("De optie {typed} bestaat niet bij deze opdracht.").format(typed=typed) + _meant(typed, known), []
        case MissingArgumentError(argument=argument) if argument is not None:
            return _("Er ontbreekt een gegeven: {name}.").format(name=_label(error.keyword or argument.name)), []
        case RepeatArgumentError():
            return _("{name} staat er meer dan eens.").format(name=error.token.keyword), []
        case CoercionError(token=token, argument=argument) if token is not None and argument is not None:
            name, choices = _label(token.keyword or argument.name), list(argument.get_choices() or ())
            if choices:
                told = _("“{typed}” kan niet bij {name}.").format(typed=token.value, name=name)
                return told + _meant(token.value, choices), choices
            return _("“{typed}” kan niet bij {name}: daar hoort een getal.").format(typed=token.value, name=name), []
        case _other:
            return _("Deze opdracht is niet te lezen."), []


def _names(app: App | None) -> list[str]:
    return [name for name in app or () if not name.startswith("-")]


def _meant(typed: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(typed, known, n=1)
    return " " + _("Bedoelt u {name}?").format(name=near[0]) if near else ""


def _label(name: str) -> str:
    return name if name.startswith("-") else placeholders(name.upper())


def _in_our_words(entry: HelpEntry) -> HelpEntry:
    told = [_spoken(paragraph) for paragraph in paragraphs(_plain(entry.description))]
    if entry.choices:
        told.append(_("[keuze: {choices}]").format(choices=", ".join(entry.choices)))
    if entry.default is not None and entry.default not in UNSAID:
        default = _("ja") if entry.default == "True" else _(entry.default)
        told.append(_("[standaard: {default}]").format(default=default))
    if entry.required:
        told.append(_("[verplicht]"))
    return entry.copy(
        description=" ".join(told),
        choices=None,
        default=None,
        required=False,
        metavar=placeholders(entry.metavar or "") or None,
        positional_label=placeholders(entry.positional_label or "") or None,
    )


def _spoken(paragraph: str) -> str:
    if paragraph.startswith(EXAMPLE):
        return _("Voorbeeld: {command}").format(command=paragraph.removeprefix(EXAMPLE))
    return _(paragraph)


def _plain(shown: Any) -> str:
    """Return the text of a description, which cyclopts hands over made up for drawing."""
    from cyclopts.help import InlineText

    return str(shown.primary_renderable) if isinstance(shown, InlineText) else ""
