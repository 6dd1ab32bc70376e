"""Settings: a TOML file plus environment variables, read into frozen values; unknown keys are refused by name."""

from __future__ import annotations

import codecs
import os
from collections.abc import Mapping
from pathlib import Path

import msgspec
import platformdirs

from core.errors import Damaged, why
from core.language import _
from core.malformed import whats_wrong
from core.ordinary import ordinary

APP = "koppeldesk"
LONGEST = 1_000_000
"""Bytes of the settings file."""


class Las(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to reach ParnasSys. Without `url` nothing leaves the machine."""

    url: str = ""
    """Base address; the services live at `…/services/v2/leerlinggegevens` and `…/services/v2/leerresultaten`."""
    klantnaam: str = "Boom test onderwijs"
    klantcode: str = "KOPPELDESK-DEMO"
    timeout_seconds: float = 30.0
    """For one whole call, connecting and reading included."""
    max_answer_bytes: int = 64_000_000
    """A longer answer is refused before it is parsed, also when it comes compressed."""


class Mail(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How letters leave. Without `host` they are kept in a Maildir in the data folder."""

    host: str = ""
    port: int = 587
    starttls: bool = True
    user: str = ""
    password_file: str = ""
    """File (mode 0600) with the password of `user`."""
    ca_file: str = ""
    """Certificates to trust; empty = those of the system."""
    timeout_seconds: float = 30.0
    """For each step of the conversation with the server."""
    sender: str = "klantenservice@boomtestonderwijs.nl"
    review_command: str = "ssh -t desk review"
    """What a letter tells an administrator to type to open a review; the BRIN follows it."""


class Keep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long things are kept, in days."""

    audit: int = 2555
    letters: int = 365
    messages: int = 30
    roll_back: int = 400
    inactive_pupils: int = 1825


class Ssh(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The front door."""

    user: str = "koppeldesk"
    """The one user name with which everybody comes in; who somebody is, the key says."""
    idle_minutes: float = 120.0
    """A session without a key pressed ends after this."""
    longest_hours: float = 12.0
    """Every session ends after this."""
    sessions: int = 60
    sessions_per_person: int = 8
    grace_seconds: float = 30.0
    """What guests get to finish when the server stops."""
    trainers: bool = False
    """Whether keys with the role trainer come in; for demo worlds only."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that can be set."""

    data: str = ""
    """The data folder; empty = the XDG data folder."""
    secret_key_file: str = ""
    """File (mode 0600) with the master key for keys at rest; empty = `secret.key` in the data folder."""
    tests: str = ""
    """Folder with the definitions of tests; empty = the ones that come with the program."""
    las: Las = Las()
    mail: Mail = Mail()
    keep: Keep = Keep()
    ssh: Ssh = Ssh()

    @property
    def data_folder(self) -> Path:
        """Where everything is kept."""
        return Path(self.data) if self.data else Path(platformdirs.user_data_dir(APP))

    @property
    def secret_file(self) -> Path:
        """Where the master key is."""
        return Path(self.secret_key_file) if self.secret_key_file else self.data_folder / "secret.key"


def load(*, config: Path | None = None, data: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings: arguments win over the environment, the environment wins over the file.

    Raises Damaged when the file cannot be read, is not TOML or holds an unknown key; the message names file and path.
    """
    env = os.environ if environ is None else environ
    path = config or (Path(env["KOPPELDESK_CONFIG"]) if env.get("KOPPELDESK_CONFIG") else None)
    default = Path(platformdirs.user_config_dir(APP)) / "config.toml"
    settings = _read(path or default) if path or default.exists() else Settings()
    if chosen := str(data or env.get("KOPPELDESK_DATA", "")):
        settings = msgspec.structs.replace(settings, data=chosen)
    if secret := env.get("KOPPELDESK_SECRET_KEY_FILE"):
        settings = msgspec.structs.replace(settings, secret_key_file=secret)
    if url := env.get("KOPPELDESK_UWLR_URL", "").strip():
        settings = msgspec.structs.replace(settings, las=msgspec.structs.replace(settings.las, url=url))
    return settings


def _read(path: Path) -> Settings:
    try:
        return msgspec.toml.decode(ordinary(path, LONGEST).removeprefix(codecs.BOM_UTF8), type=Settings)
    except OSError as error:
        raise Damaged(
            _("Het instellingenbestand {path} is niet te lezen: {reason}.").format(path=path, reason=why(error)),
            todo=_("Controleer of het bestand bestaat en of u het mag lezen."),
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Damaged(
            _("Het instellingenbestand {path} klopt niet: {error}.").format(path=path, error=whats_wrong(error)),
            todo=_("Verbeter het bestand en probeer het opnieuw."),
        ) from error
