"""`koppeldesk guest`: the front door behind the system's own sshd (ForceCommand, docs/ssh.md)."""

from __future__ import annotations

import os

from cyclopts import App

from tui.session import Here

app = App(name="guest", help_format="plaintext")


@app.default
def guest(*, here: Here) -> int:
    """Laat wie door de SSH-server van het systeem is toegelaten binnen, onder de naam van zijn sleutel.

    Bedoeld voor sshd_config, met ExposeAuthInfo yes.

    Voorbeeld: ForceCommand koppeldesk guest
    """
    from tui.ssh.forced import come_in
    from tui.ssh.opening import inherited

    return come_in(
        here.desk.office.store.access(),
        os.environ,
        inherited(here.settings, here.config, here.language),
        trainers=here.settings.ssh.trainers,
    )
