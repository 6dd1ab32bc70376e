"""A caller of the simulator for tests: its own small SOAP client, sharing code with neither half."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import httpx
from lxml import etree

from core.wire import names, schemas

LL = names.LEERLINGGEGEVENS
LR = names.LEERRESULTATEN
YEAR = "2026-2027"


@cache
def schema(service: names.Service, version: names.Version) -> etree.XMLSchema:
    """Return the contract's compiled schema."""
    return schemas.compile_schema(service, version)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: HTTP status, fault code (empty when none), and the element in the body."""

    status: int
    code: str
    body: etree._Element
    raw: bytes

    @property
    def inside(self) -> str:
        """The name of what an answer holds: its data element, `geenwijzigingen` or `geengegevens`."""
        return str(self.body[0].tag).rpartition("}")[2]

    def texts(self, name: str) -> list[str]:
        """Return the texts of all elements with this local name, in order."""
        return [element.text or "" for element in self.body.iter(f"{{*}}{name}")]

    def keys(self, name: str) -> list[str]:
        """Return the `key` of all elements with this local name."""
        return [key for element in self.body.iter(f"{{*}}{name}") if (key := element.get("key"))]

    def assert_valid(self, version: names.Version = names.Version.V2_3) -> None:
        """Fail unless the answer keeps to the contract's schema."""
        service = names.Service.PUPILS if LL in str(self.body.tag) else names.Service.RESULTS
        checker = schema(service, version)
        assert checker.validate(self.body), checker.error_log


def read_answer(response: httpx.Response) -> Answered:
    """Read an answer of the services."""
    envelope = etree.fromstring(response.content)
    body = envelope.find(f"{{{names.SOAP}}}Body")
    assert body is not None
    code = body.findtext(f"{{{names.SOAP}}}Fault/faultcode") or ""
    return Answered(response.status_code, code.rpartition(":")[2], body[0], response.content)


@dataclass
class Caller:
    """Calls one simulated ParnasSys (one world)."""

    url: str
    key: str = "geen"
    client: str = "Boom test onderwijs"
    client_code: str = "KOPPELDESK-DEMO"
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.url)

    def control(self, method: str, path: str, **given: Any) -> Any:
        """Call the control API; returns its JSON, fails on a refusal."""
        response = self.http.request(method, f"/_sim{path}", json=given or None)
        assert response.status_code == 200, response.text
        return response.json()

    def first_school(self, place: int = 0) -> str:
        """Return a school as `12AB-00`."""
        line = self.control("GET", "/schools")[place]
        return f"{line['brin']}-{line['dependancecode']}"

    def link(self, school: str) -> str:
        """Go through the life of a link up to a key; returns and keeps it."""
        for act in ("open", "afnemen"):
            self.control("POST", f"/schools/{school}/koppeling/{act}")
        self.key = self.control("POST", f"/schools/{school}/koppeling/sleutel")["autorisatiesleutel"]
        return self.key

    def header(self) -> str:
        """Return the SOAP header."""
        return (
            f'<a:autorisatie xmlns:a="{names.AUTORISATIE}"><a:autorisatiesleutel>{escape(self.key)}'
            f"</a:autorisatiesleutel><a:klantcode>{escape(self.client_code)}</a:klantcode>"
            f"<a:klantnaam>{escape(self.client)}</a:klantnaam></a:autorisatie>"
        )

    def post(self, service: names.Service, body: str, *, header: str | None = None, action: str = "") -> Answered:
        """Post a body in an envelope."""
        message = (
            f'<e:Envelope xmlns:e="{names.SOAP}"><e:Header>{self.header() if header is None else header}</e:Header>'
            f"<e:Body>{body}</e:Body></e:Envelope>"
        )
        return self.raw(service, message.encode(), action=action)

    def raw(self, service: names.Service, message: bytes, *, action: str = "") -> Answered:
        """Post bytes as they are."""
        headers = {"content-type": names.CONTENT_TYPE, "soapaction": action}
        return read_answer(self.http.post(service.path, content=message, headers=headers))

    def pull(
        self,
        school: str,
        operation: names.Operation = names.HAAL_LEERLINGGEGEVENS,
        *,
        version: str = "2.3",
        year: str = YEAR,
        rest: str = "",
    ) -> Answered:
        """Send one of the four pupil requests."""
        body = (
            f'<{operation.request} xmlns="{LL}"><schooljaar>{year}</schooljaar><brincode>{school[:4]}</brincode>'
            f"<dependancecode>{school[5:]}</dependancecode><xsdversie>{version}</xsdversie>{rest}</{operation.request}>"
        )
        return self.post(names.Service.PUPILS, body, action=f'"{operation.soap_action}"')

    def bring(
        self,
        school: str,
        sittings: str,
        *,
        tests: str = "<toets><toetscode>T1</toetscode></toets>",
        created: str = "2026-11-23T09:00:00+01:00",
        version: str = "2.3",
        year: str = YEAR,
    ) -> Answered:
        """Send results."""
        body = (
            f'<leerresultaten_verzoek xmlns="{LR}" xmlns:oso="{names.OSO}"><school><schooljaar>{year}</schooljaar>'
            f"<brincode>{school[:4]}</brincode><dependancecode>{school[5:]}</dependancecode>"
            f"<aanmaakdatum>{created}</aanmaakdatum><xsdversie>{version}</xsdversie></school>"
            f"<toetsafnames>{sittings}</toetsafnames><toetsen>{tests}</toetsen></leerresultaten_verzoek>"
        )
        return self.post(names.Service.RESULTS, body, action='"BrengLeerresultaten"')

    def results(self, school: str) -> Any:
        """Return what ParnasSys holds of a school's results."""
        return self.control("GET", f"/schools/{school}/resultaten")

    def pupil_keys(self, school: str) -> list[str]:
        """Return the LAS keys of a school's pupils."""
        return self.pull(school).keys("leerling")


def a_result(key: str = "r1", *, test: str = "T1", part: str = "", outcome: str = "<score>12</score>") -> str:
    """Write one `resultaat`."""
    inside = f"<toetsonderdeelcode>{part}</toetsonderdeelcode>" if part else ""
    return (
        f'<resultaat key="{key}"><afnamedatum>2026-11-20</afnamedatum><toetscode>{test}</toetscode>'
        f"{inside}{outcome}</resultaat>"
    )


def a_sitting(pupil: str, *results: str, eckid: str = "") -> str:
    """Write one `toetsafname`."""
    named = f"<leerlingid>{pupil}</leerlingid>" if pupil else ""
    named += f"<eckid>{eckid}</eckid>" if eckid else ""
    return f"<toetsafname>{named}<resultaten>{''.join(results)}</resultaten></toetsafname>"
