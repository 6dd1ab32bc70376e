"""The keys of the review, and its help in the manual's words."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from core.language import N_

HELP = N_(
    "U ziet hier drie tabbladen: Groepen, Leerkrachten en Leerlingen. Ieder tabblad kent drie categorieën: nieuwe "
    "toevoegen, bestaande koppelen, en niet importeren. Per rij geeft u aan hoe het testcentrum de gegevens mag "
    "verwerken.\n\n"
    "? = kijk hier zelf naar: Koppeldesk is niet zeker. ! = dit moet eerst goed. ~ = veranderd sinds de vorige keer.\n\n"
    "Een nieuwe leerkracht heeft een e-mailadres nodig (e). Importeert u een groep niet, dan ook haar leerlingen niet: "
    "X zet een groep met al haar leerlingen op niet importeren.\n\n"
    "Elke keuze wordt meteen bewaard. Er wordt pas iets overgenomen na Gegevens importeren in de samenvatting."
)

KEYS: list[BindingType] = [
    Binding("b", "place('bestaand')", N_("bestaand"), tooltip=N_("Koppelen aan het voorgestelde gegeven")),
    Binding("n", "place('nieuw')", N_("nieuw"), tooltip=N_("Als nieuw toevoegen")),
    Binding("x", "place('niet importeren')", N_("niet"), tooltip=N_("Niet importeren")),
    Binding(
        "k,enter",
        "link",
        N_("koppeling"),
        tooltip=N_("Koppeling aanpassen: zelf kiezen aan wie dit gekoppeld wordt"),
    ),
    Binding("u", "undo", N_("terug"), tooltip=N_("Uw laatste keuze terugnemen")),
    Binding("e", "email", N_("e-mail"), tooltip=N_("E-mailadres van een leerkracht invullen")),
    Binding("X", "skip_group", N_("groep niet"), tooltip=N_("Groep met haar leerlingen niet importeren")),
    Binding("right", "next_doubt(1)", N_("twijfel"), tooltip=N_("Volgende twijfel of probleem")),
    Binding("i", "summary", N_("importeren"), tooltip=N_("Naar de samenvatting Gegevens overnemen")),
    Binding("a", "agree", N_("akkoord"), tooltip=N_("Het voorstel is goed")),
    Binding("z", "not_same", N_("niet dezelfde"), tooltip=N_("Dit is niet dezelfde; onthouden")),
    Binding("left", "next_doubt(-1)", N_("vorige twijfel"), show=False, tooltip=N_("Vorige twijfel of probleem")),
    Binding("ctrl+r", "redo", N_("opnieuw"), tooltip=N_("Teruggenomen keuze opnieuw doen")),
    Binding("1", "tab('groep')", N_("Groepen"), show=False),
    Binding("2", "tab('leerkracht')", N_("Leerkrachten"), show=False),
    Binding("3", "tab('leerling')", N_("Leerlingen"), show=False),
    Binding("tab", "next_category(1)", N_("categorie"), show=False, tooltip=N_("Volgende categorie")),
    Binding("shift+tab", "next_category(-1)", N_("categorie terug"), show=False, tooltip=N_("Vorige categorie")),
    Binding("f", "filter", N_("filter"), tooltip=N_("Alles, twijfel, gewijzigd of probleem")),
    Binding("g", "one_group", N_("een groep"), tooltip=N_("Alleen de groep van deze rij, en terug")),
    Binding("slash", "search", N_("zoek"), tooltip=N_("Zoeken op naam, geboortedatum of nummer")),
    Binding("p", "problems", N_("problemen"), tooltip=N_("Lijst van wat eerst goed moet")),
    Binding("v", "refresh_data", N_("verversen"), tooltip=N_("Opnieuw ophalen uit ParnasSys")),
    Binding("s", "save", N_("CSV"), tooltip=N_("Deze lijst opslaan als CSV")),
]
