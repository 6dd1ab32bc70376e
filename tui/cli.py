"""The command line `koppeldesk`: finds the command, hands it its session, turns errors into exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, CycloptsError, Parameter

from core import language, settings
from core.errors import KoppeldeskError
from core.language import _
from tui import collector, streams
from tui.errors import from_outside, report, unforeseen
from tui.identity import actor_from
from tui.session import Here, Session
from tui.usage import ALWAYS, framed, misused

INTERRUPTED = 130

COMMANDS: dict[str, Callable[[], str]] = {
    "demo": lambda: _("De oefenwereld voor trainers."),
    "simulator": lambda: _("De nagebouwde ParnasSys."),
    "serve": lambda: _("De voordeur over SSH."),
    "guest": lambda: _("Dezelfde voordeur achter de SSH-server van het systeem (ForceCommand)."),
    "review": lambda: _("Opent het scherm op de import van een school."),
    "school": lambda: _("Scholen en hun koppeling."),
    "link": lambda: _("Een koppeling aanvragen, openzetten, indienen en beoordelen."),
    "import": lambda: _("Gegevens ophalen, nakijken en importeren."),
    "match": lambda: _("Alleen het herkennen, op bestanden."),
    "results": lambda: _("Resultaten inlezen en volgen."),
    "nightly": lambda: _("De nachtelijke run over alle scholen."),
    "roster": lambda: _("Wat het testcentrum al heeft."),
    "access": lambda: _("Wie er via SSH binnen mag."),
    "audit": lambda: _("Het logboek."),
    "mail": lambda: _("Verzonden en wachtende berichten."),
    "message": lambda: _("Het laatste UWLR-bericht van een school."),
    "privacy": lambda: _("Wat er bewaard wordt, en wat er weg kan."),
    "doctor": lambda: _("Controleert de inrichting."),
}
"""Every command and its one sentence. Each lives in `tui.commands.NAME` as `app` and is loaded when it is called."""

MODULES = {"import": "imports"}
"""Commands whose module cannot bear their name."""


def language_of(words: Sequence[str]) -> str:
    """Return the language asked for by `--lang` or KOPPELDESK_LANG; Dutch when nobody asks."""
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return os.environ.get("KOPPELDESK_LANG", "nl")


def build(words: Sequence[str] = ()) -> App:
    """Return the whole command line in the language in use; no command's module is imported.

    The command that `words` call explains itself; of the others the one sentence is enough.
    """
    app = framed(
        App(
            name="koppeldesk",
            help=_("Koppelt de administratie van een school aan het testcentrum. Zonder opdracht opent het scherm."),
            help_format="plaintext",
            version=_version,
        )
    )
    for name, sentence in COMMANDS.items():
        told = None if name in words else sentence()
        app.command(f"tui.commands.{MODULES.get(name, name)}:app", name=name, help=told)

    @app.default
    def screens(*, here: Here) -> int:
        from tui.app import open_app

        return open_app(here)

    @app.meta.default
    def frame(
        *words: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
        data: Annotated[Path | None, Parameter(group=ALWAYS, help=_("Gegevensmap (KOPPELDESK_DATA)."))] = None,
        config: Annotated[
            Path | None, Parameter(group=ALWAYS, help=_("Instellingenbestand (KOPPELDESK_CONFIG)."))
        ] = None,
        acting: Annotated[str | None, Parameter(name="--as", group=ALWAYS, help=_("Wie er handelt: NAAM:ROL."))] = None,
        lang: Annotated[Literal["nl", "en"] | None, Parameter(group=ALWAYS, help=_("Taal: nl of en."))] = None,
    ) -> Any:
        command, bound, wanted = app.parse_args(words, exit_on_error=False, print_error=False)
        session = Session(
            settings=settings.load(config=config, data=data),
            actor=actor_from(os.environ, acting),
            language=lang or language_of(words),
            config=config,
        )
        collector.resume()
        return command(*bound.args, **bound.kwargs, **dict.fromkeys(wanted, session))

    return app


def _version() -> str:
    # Asked for by `--version` only: looking it up takes longer than most of what a start loads.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("koppeldesk")
    except PackageNotFoundError:
        return _("niet geïnstalleerd (make install)")


def run(words: Sequence[str]) -> int:
    """Run one command line and return its exit code (interfaces.md)."""
    if not language.use(language_of(words)):
        sys.stderr.write(
            _("Deze vertaling is er niet of niet gecompileerd (make install); het blijft Nederlands.") + "\n"
        )
    try:
        code = build(words).meta(list(words), exit_on_error=False, print_error=False, result_action="return_value")
        sys.stdout.flush()
    except CycloptsError as error:
        return report(misused(error))
    except KoppeldeskError as error:
        return report(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        streams.drop_output()
        return 0
    except SystemExit as leaving:
        # The printer of help texts ends the program by itself when nobody reads on.
        if isinstance(leaving.__context__, BrokenPipeError):
            return 0
        raise
    except OSError as error:
        streams.drop_output()
        return report(from_outside(error))
    except Exception as error:  # noqa: BLE001 - the one catch point: no traceback with a child's name on a screen
        return report(unforeseen(error))
    return code if isinstance(code, int) else 0
