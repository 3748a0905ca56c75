"""A source model as a form ``direktdraht-form/1``, with a row in the report for every node.

Groups at the top become pages, groups inside them groups with the bounds of their cardinality. A group that
stands exactly once is a group with one entry that can be neither added nor removed. Rules become proposals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from direktdraht.forms.remarks import Remark, UnreadableFile, remark
from direktdraht.forms.xdatenfelder import keyword
from direktdraht.forms.xdatenfelder.facts import MOST_RELATIONS, NOT_DECIDED, hint_of, line_from, own_source, text_from
from direktdraht.forms.xdatenfelder.fields import made_from
from direktdraht.forms.xdatenfelder.keys import MOST_CHARACTERS, Keys, slug
from direktdraht.forms.xdatenfelder.lists import Lists
from direktdraht.forms.xdatenfelder.result import Became, Imported, Proposal, ReportRow
from direktdraht.forms.xdatenfelder.source import Document, Facts, Field, Group, Part, Rule, Schema
from direktdraht.foundation.marking import N_

FORMAT = "direktdraht-form/1"
DEEPEST = 6
MOST_ENTRIES = 100
UNBOUNDED = (20, 5, 3)
""""*" as a number, by how many repeated groups stand around: all answers together stay below the form's limit."""


class Mapper:
    """Maps one document."""

    def __init__(self, document: Document, beside: Mapping[str, bytes], before: Mapping[str, str], warnings: Sequence[Remark]) -> None:
        self.document = document
        self.warnings = list(warnings)
        self.lists = Lists(beside, self.warnings)
        self.keys = Keys(before)
        self.report: list[ReportRow] = []
        self.rules: list[tuple[Rule, str]] = []
        self.made: dict[str, dict[str, Any]] = {}
        """Every part of the definition by its identity."""

    def imported(self) -> Imported:
        """The whole result."""
        root = self.document.root
        definition = self._definition(root)
        self.made[""] = definition
        if isinstance(root, Schema):
            self._row(root, "page", remark(N_("Das Schema ist das Formular selbst.")))
            self._rules(root, "")
            parts: tuple[Part, ...] = root.structure
        else:
            parts = (Part(1, 1, root),)
        definition["pages"] = self._pages(parts, root)
        self._references(parts)
        keyword.apply(root.keywords, self.made, self.lists.used, self.warnings)
        if self.lists.used:
            definition["code_lists"] = self.lists.used
        self._open_facts(definition)
        return Imported(
            format=self.document.format,
            definition=definition,
            report=tuple(self.report),
            warnings=tuple(self.warnings),
            proposals=tuple(self._proposal(rule, identity) for rule, identity in self.rules),
            keys={identity: part["key"] for identity, part in self.made.items() if identity and not keyword.is_list(identity)},
        )

    def _definition(self, root: Schema | Group | Field) -> dict[str, Any]:
        definition: dict[str, Any] = {
            "format": FORMAT,
            "key": slug(root.title, "formular")[:MOST_CHARACTERS],
            "title": {"de": text_from(root.title)},
            "service": NOT_DECIDED,
            "unit": NOT_DECIDED,
            "answer_days": 365,
            "law": "vwvfg",
            "retention": {"months": 0, "basis": NOT_DECIDED},
        }
        if isinstance(root, Schema):
            definition |= {"source": own_source(root), **({"intro": {"de": text_from(root.hint)}} if root.hint else {})}
            if root.references:
                definition["legal_basis"] = line_from("; ".join(root.references))
        return definition

    def _open_facts(self, definition: Mapping[str, Any]) -> None:
        if definition["unit"] == NOT_DECIDED:
            self.warnings.append(
                remark(N_("FIM nennt Leistung, Stelle, Verfahrensrecht, Antwortzeit und Aufbewahrung nicht: Tragen Sie sie ein."))
            )

    def _row(self, facts: Facts | Rule, became: Became, *why: Remark) -> None:
        unused = facts.unused if isinstance(facts, Facts) else ()
        left = [remark(N_("Nicht übernommen: %(names)s."), names=", ".join(unused))] if unused else []
        if isinstance(facts, Facts) and len(set(facts.relations)) > MOST_RELATIONS:
            left.append(remark(N_("Von den Beziehungen sind die ersten %(most)s übernommen."), most=MOST_RELATIONS))
        self.report.append(ReportRow(facts.id, facts.name, became, (*why, *left)))

    def _references(self, parts: Sequence[Part]) -> None:
        """Say in the row of a node what became of its relations, and of the legal references of its place in a structure."""
        for part in parts:
            node = part.content
            kept = N_("Beziehung „%(kind)s“ zu „%(id)s“: steht bei der Herkunft.")
            left = N_("Rechtsbezug der Stelle in der Struktur, nicht übernommen: %(text)s.")
            said = [remark(kept, kind=one.predicate, id=one.id) for one in dict.fromkeys(node.relations)]
            said += [remark(left, text=reference) for reference in part.references]
            self._add_to_row(node.id, said)
            if isinstance(node, Group):
                self._references(node.structure)

    def _add_to_row(self, identity: str, said: Sequence[Remark]) -> None:
        """Add remarks to the first row of a node that does not have them yet: the report has one row for each node."""
        for place, row in enumerate(self.report):
            if row.id == identity and any(one not in row.why for one in said):
                self.report[place] = replace(row, why=(*row.why, *said))
                return

    def _rules(self, facts: Facts, identity: str, became: Became | None = None) -> None:
        """Rules become proposals; those that this house wrote itself already stand in the form."""
        for rule in facts.rules:
            if keyword.is_own(rule):
                self._row(rule, became or "page", remark(N_("Die Bedingung steht schon im Formular.")))
            else:
                self.rules.append((rule, identity))
                kind = N_("Regel mit Skript, zu prüfen: %(text)s") if rule.script else N_("Regel in Worten, zu prüfen: %(text)s")
                text = " ".join(part for part in (rule.text, rule.script) if part) or rule.name or "–"
                self._row(rule, "proposal", remark(kind, text=text))

    def _proposal(self, rule: Rule, identity: str) -> Proposal:
        place = self.made[identity]["key"] if identity else ""
        return Proposal(rule.id, rule.name, rule.text, rule.script, place)

    def _pages(self, parts: Sequence[Part], root: Facts) -> list[dict[str, Any]]:
        """Groups are pages; fields that stand between them are gathered on pages of their own."""
        pages: list[dict[str, Any]] = []
        names: dict[str, int] = {}
        loose: dict[str, Any] | None = None
        for part in parts:
            identity = _named(part.content.id, names)
            if part.most == 0:
                self._dropped(part.content)
            elif isinstance(part.content, Group):
                loose = None
                pages.append(self._page(part, part.content, identity))
            else:
                if loose is None:
                    loose = self._loose_page(root, len(pages))
                    pages.append(loose)
                loose["elements"].append(self._field(part, part.content, identity, (0, 1)))
        if not pages:
            page = self._loose_page(root, 0)
            page["elements"].append(self._empty_notice(root, "page:1/="))
            pages.append(page)
            self.warnings.append(remark(N_("„%(name)s“ enthält keine Datenfelder."), name=root.title))
        return pages

    def _loose_page(self, root: Facts, number: int) -> dict[str, Any]:
        identity = f"page:{number + 1}"
        title = "Allgemeine Angaben" if number == 0 else "Weitere Angaben"
        page: dict[str, Any] = {"key": self.keys.key_for(identity, title), "title": {"de": title}, "elements": []}
        if isinstance(root, Schema):
            page["source"] = {"id": root.id}
        self.made[identity] = page
        return page

    def _page(self, part: Part, group: Group, identity: str) -> dict[str, Any]:
        """A page; a group that may be left out or repeated stands on it as a group."""
        page: dict[str, Any] = {
            "key": self.keys.key_for(identity, group.title),
            "title": {"de": text_from(group.title)},
            "source": own_source(group),
        }
        self.made[identity] = page
        if (part.least, part.most) == (1, 1):
            self._row(group, "page", remark(N_("Gruppe der obersten Ebene: eine Seite.")), *self._about(group))
            self._rules(group, identity, "page")
            if group.hint:
                page["intro"] = {"de": text_from(group.hint)}
            page["elements"] = self._elements(group, identity, (0, 1))
            return page
        self._row(
            group,
            "page",
            remark(N_("Gruppe der obersten Ebene: eine Seite mit wiederholbarer oder freiwilliger Gruppe.")),
            *self._about(group),
        )
        self._rules(group, identity, "page")
        page["elements"] = [self._entries(part, group, f"{identity}/=", (0, 1), identity)]
        return page

    def _about(self, group: Group) -> list[Remark]:
        why = [remark(N_("Sie enthält keine Datenfelder."))] if not group.structure else []
        if group.alternatives:
            why.append(remark(N_("Auswahlgruppe: Nur eine der Angaben ist zu machen; legen Sie dafür Bedingungen an.")))
            self.warnings.append(remark(N_("„%(name)s“ ist eine Auswahlgruppe: Legen Sie Bedingungen an."), name=group.title))
        return why

    def _elements(self, group: Group, identity: str, around: tuple[int, int]) -> list[dict[str, Any]]:
        """What stands in a group; ``around`` is how many repeated groups and how many levels stand around."""
        if around[1] > DEEPEST:
            raise UnreadableFile(
                N_("Die Gruppe „%(id)s“ ist tiefer als %(most)s Ebenen verschachtelt."), group.line, id=group.id, most=DEEPEST
            )
        names: dict[str, int] = {}
        elements = []
        for part in group.structure:
            inner = f"{identity}/{_named(part.content.id, names)}"
            if part.most == 0:
                self._dropped(part.content)
            elif isinstance(part.content, Field):
                elements.append(self._field(part, part.content, inner, around))
            else:
                elements.append(self._group(part, part.content, inner, around))
        return elements or [self._empty_notice(group, f"{identity}/=info")]

    def _group(self, part: Part, group: Group, identity: str, around: tuple[int, int]) -> dict[str, Any]:
        if not group.structure:
            self._row(group, "element", remark(N_("Gruppe ohne Datenfelder: ein Hinweis.")), *self._about(group)[1:])
            notice = self._empty_notice(group, identity)
            notice["source"] = own_source(group)
            self._rules(group, identity, "element")
            return notice
        single = (part.least, part.most) == (1, 1)
        why = N_("Gruppe mit genau einem Eintrag.") if single else N_("Gruppe mit %(least)s bis %(most)s Einträgen.")
        most = "*" if part.most is None else str(part.most)
        self._row(group, "group", remark(why, least=part.least, most=most), *self._about(group))
        self._rules(group, identity, "group")
        return self._entries(part, group, identity, around, identity)

    def _entries(self, part: Part, group: Group, identity: str, around: tuple[int, int], inside: str) -> dict[str, Any]:
        element = {**self._bounds(part, around), **self._named(group, identity), "source": own_source(group), **hint_of(group)}
        self.made[identity] = element
        repeated = around[0] + (element["max"] > 1)
        element["elements"] = self._elements(group, inside, (repeated, around[1] + 1))
        return element

    def _bounds(self, part: Part, around: tuple[int, int]) -> dict[str, Any]:
        most = UNBOUNDED[min(around[0], len(UNBOUNDED) - 1)] if part.most is None else part.most
        if max(most, part.least) > MOST_ENTRIES:
            self.warnings.append(
                remark(
                    N_("„%(name)s“: höchstens %(most)s Einträge statt %(asked)s."),
                    name=part.content.title,
                    most=MOST_ENTRIES,
                    asked=max(most, part.least),
                )
            )
        most = min(max(most, part.least), MOST_ENTRIES)
        return {"type": "group", "min": min(part.least, MOST_ENTRIES), "max": most, "required": part.least > 0}

    def _named(self, facts: Facts, identity: str) -> dict[str, Any]:
        return {"key": self.keys.key_for(identity, facts.title), "label": {"de": text_from(facts.title)}}

    def _empty_notice(self, facts: Facts, identity: str) -> dict[str, Any]:
        text = text_from(facts.hint) or "Hier fehlen noch Fragen."
        element = {"type": "info", **self._named(facts, identity), "required": False, "text": {"de": text}}
        self.made[identity] = element
        return element

    def _field(self, part: Part, field: Field, identity: str, around: tuple[int, int]) -> dict[str, Any]:
        made = made_from(field, least=part.least, most=part.most, lists=self.lists)
        plural = part.most != 1 and not made.own_plural
        required = part.least > 0 and made.parts.get("required", True)
        named = self._named(field, f"{identity}/=" if plural else identity)
        hint = {} if made.parts["type"] == "info" and made.parts["text"]["de"] == field.hint else hint_of(field)
        if made.parts["type"] == "info":
            made.parts["text"] = {"de": text_from(made.parts["text"]["de"])}
        element = {**made.parts, **named, "required": bool(required or plural), "source": own_source(field), **hint}
        self.made[f"{identity}/=" if plural else identity] = element
        why = list(made.why)
        if plural:
            why.append(remark(N_("Mehrere Angaben: eine Gruppe mit dieser Frage.")))
        self._row(field, "element", *why)
        self._list_row(field, made.list_missing)
        if plural:
            element = {**self._bounds(part, around), **self._named(field, identity), "source": {"id": field.id}, "elements": [element]}
            self.made[identity] = element
        self._rules(field, identity, "element")
        return element

    def _list_row(self, field: Field, missing: bool) -> None:
        reference = field.code_list
        if reference is None:
            return
        own = reference.id or reference.uri or "–"
        if missing:
            name = reference.version_uri or reference.uri or own
            self.report.append(
                ReportRow(own, name, "dropped", (remark(N_("Die Codeliste „%(uri)s“ lag nicht bei; legen Sie sie dazu."), uri=name),))
            )
            self.warnings.append(
                remark(N_("„%(field)s“: Die Codeliste „%(uri)s“ fehlt, die Frage ist ein Textfeld."), field=field.title, uri=name)
            )
            return
        self.report.append(ReportRow(own, reference.uri or own, "codelist", (remark(N_("Mit dem Formular gespeichert.")),)))

    def _dropped(self, node: Field | Group) -> None:
        self._row(node, "dropped", remark(N_("Die Anzahl ist null: Die Angabe kommt nicht vor.")))
        for rule in node.rules:
            self._row(rule, "dropped", remark(N_("Die Regel gehört zu einer Angabe, die nicht vorkommt.")))
        if isinstance(node, Field):
            if node.code_list is not None:
                own = node.code_list.id or node.code_list.uri or "–"
                self.report.append(ReportRow(own, node.code_list.uri, "dropped", (remark(N_("Keine Frage braucht diese Liste.")),)))
            return
        for part in node.structure:
            self._dropped(part.content)


def _named(own: str, names: dict[str, int]) -> str:
    """The id of a node among its neighbours; the second with the same id gets a number."""
    names[own] = names.get(own, 0) + 1
    return own if names[own] == 1 else f"{own}#{names[own]}"
