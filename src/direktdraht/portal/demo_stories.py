"""Invented matters of the demo city: who writes what, and what the city does next."""

from dataclasses import dataclass
from typing import Literal

Doing = Literal["take", "answer", "ask", "reply", "note", "decide", "close"]


@dataclass(frozen=True)
class Step:
    """What happens ``days`` after the step before."""

    doing: Doing
    days: float
    text: str = ""


@dataclass(frozen=True)
class Story:
    """A matter: service, title, first words, what follows, and how many days ago it began at most."""

    service: str
    title: str
    text: str
    steps: tuple[Step, ...] = ()
    oldest_days: float = 45


PEOPLE = (
    "Robin Weber",
    "Noor Haddad",
    "Sascha Lindqvist",
    "Mika Petersen",
    "Elif Aydın",
    "Jean-Luc Moreau",
    "Charlie Nowak",
    "Thi Mai Nguyen",
    "Luca Bianchi",
    "Alexis Papadopoulos",
    "Kerstin Müller-Oelrich",
    "Bogdan Ionescu",
    "Yael Rosenthal",
    "Friederike Ahlers",
    "Ousmane Diallo",
    "Wanda Szczęsna",
)

# Reports happen somewhere: the street is added to their title.
REPORTS = "meldung"
STREETS = ("Lindenweg", "Mühlenstraße", "Am Kanal", "Bahnhofstraße", "Schulgasse", "Rosenhof", "Weststraße")

STORIES = (
    Story(
        "sperrmuell",
        "Sperrmüll abholen lassen",
        "Ein Sofa, zwei Sessel und ein Schrank (zerlegt). Alles steht am Abend vorher an der Straße.",
        (
            Step("take", 0.3),
            Step(
                "answer", 0.9, "Guten Tag, wir holen alles am nächsten Dienstag ab 6 Uhr ab. Bitte stellen Sie es am Abend vorher bereit."
            ),
            Step("close", 7.2, "Wir haben alles abgeholt. Danke, dass Sie die Einfahrt frei gehalten haben."),
        ),
    ),
    Story(
        "sperrmuell",
        "Sperrmüll abholen lassen",
        "Eine Waschmaschine und ein alter Kühlschrank. Das Haus liegt im Hinterhof.",
        (
            Step("take", 0.5),
            Step("ask", 0.6, "Wie breit ist die Einfahrt zum Hof? Unser Wagen braucht 2,80 Meter."),
            Step("reply", 1.4, "Die Einfahrt ist gut drei Meter breit, das Tor ist tagsüber offen."),
            Step("answer", 0.8, "Vielen Dank, das passt. Wir kommen am Donnerstag zwischen 7 und 12 Uhr in den Hof."),
            Step("close", 5.3, "Beide Geräte sind abgeholt."),
        ),
    ),
    Story(
        "sperrmuell",
        "Express-Abholung von Sperrmüll",
        "Wir ziehen am Freitag aus und brauchen die Abholung noch in dieser Woche: Bett, Matratze, Tisch.",
        (
            Step("take", 0.1),
            Step("note", 0.1, "Tour 4 fährt am Donnerstag durch die Straße, dort ist noch Platz."),
            Step("answer", 0.2, "Wir kommen am Donnerstag. Für die Express-Abholung bekommen Sie einen Bescheid über 35 Euro."),
            Step("decide", 1.0, "Für die Express-Abholung von Sperrmüll setzen wir eine Gebühr von 35,00 Euro fest."),
            Step("close", 12.0, "Wir haben alles abgeholt. Der Vorgang ist damit abgeschlossen."),
        ),
    ),
    Story(
        "meldung",
        "Tiefes Schlagloch",
        "Vor Hausnummer 12 ist ein tiefes Schlagloch. Gestern ist dort jemand mit dem Rad gestürzt.",
        (
            Step("take", 0.1),
            Step("answer", 0.2, "Danke für den Hinweis. Wir haben die Stelle gesichert und reparieren sie in dieser Woche."),
            Step("close", 3.1, "Das Schlagloch ist ausgebessert."),
        ),
    ),
    Story(
        "meldung",
        "Straßenlampe dunkel",
        "Am Spielplatz brennen seit einer Woche zwei Lampen nicht. Abends ist es dort stockdunkel.",
        (
            Step("take", 0.4),
            Step("answer", 0.8, "Wir haben die Stadtwerke beauftragt. Die Lampen sollen bis Ende nächster Woche wieder leuchten."),
            Step("close", 8.2, "Beide Lampen leuchten wieder. Ein Kabel war beschädigt."),
        ),
    ),
    Story(
        "meldung",
        "Zweige ragen in den Gehweg",
        "An der Ecke kommt man mit dem Kinderwagen nicht mehr durch.",
        (
            Step("take", 0.6),
            Step("ask", 0.5, "Meinen Sie die Ecke am Friedhof oder die an der Schule?"),
            Step("reply", 2.0, "Die Ecke an der Schule, gegenüber der Bushaltestelle."),
            Step("answer", 1.1, "Danke. Der Bauhof schneidet die Hecke am Mittwoch zurück."),
            Step("close", 6.2, "Die Hecke ist geschnitten, der Gehweg ist frei."),
        ),
    ),
    Story(
        "meldung",
        "Wilder Müll im Gebüsch",
        "Hinter der Brücke liegen Autoreifen und Farbeimer im Gebüsch.",
        (
            Step("take", 1.5),
            Step("answer", 0.7, "Danke für den Hinweis. Wir räumen die Stelle in dieser Woche."),
            Step("close", 4.4, "Die Reifen und Eimer sind abgeholt."),
        ),
    ),
    Story(
        "meldung",
        "Wackelige Gehwegplatten",
        "Zwei Gehwegplatten kippen, wenn man darauf tritt. Meine Nachbarin ist fast gestürzt.",
        (Step("take", 1.0),),
        oldest_days=11,
    ),
    Story(
        "bewohnerparkausweis",
        "Bewohnerparkausweis beantragen",
        "Ich bin am Monatsersten in die Weststadt gezogen. Den Mietvertrag habe ich beigefügt.",
        oldest_days=9,
    ),
    Story(
        "hundesteuer-anmelden",
        "Hund zur Steuer anmelden",
        "Wir haben seit zwei Wochen einen Hund aus dem Tierheim: Bella, Mischling, drei Jahre alt.",
        (
            Step("take", 0.5),
            Step("answer", 1.0, "Danke für die Anmeldung. Der Steuerbescheid kommt in den nächsten Tagen."),
            Step("decide", 3.0, "Für das Halten eines Hundes setzen wir Hundesteuer von 132,00 Euro im Jahr fest."),
        ),
    ),
    Story(
        "elternbeitrag",
        "Elternbeitrag berechnen lassen",
        "Unser zweites Kind geht ab August in die Krippe. Reicht der Steuerbescheid vom letzten Jahr als Nachweis?",
        oldest_days=9,
    ),
    Story(
        "anregung-an-den-rat",
        "Anregung: Trinkbrunnen auf dem Marktplatz",
        "Im Sommer fehlt auf dem Marktplatz Wasser. Andere Städte haben gute Erfahrungen mit Trinkbrunnen gemacht.",
        oldest_days=20,
    ),
)
