"""Conditions and expressions as sentences, German and English, for editors and for everybody who checks a form."""

from decimal import Decimal

from direktdraht.foundation.marking import N_
from direktdraht.foundation.money import money_in_words
from direktdraht.foundation.texts import pick
from direktdraht.questions import conditions as c
from direktdraht.questions import expressions as e
from direktdraht.questions.days import clock_time, iso_day, local_moment
from direktdraht.questions.definition.model import FormDefinition
from direktdraht.questions.display import day_in_figures, number_in_words, time_in_words, yes_or_no
from direktdraht.questions.messages import say

_COMPARED: dict[str, str] = {
    "is": N_("%(field)s ist %(value)s"),
    "is_not": N_("%(field)s ist nicht %(value)s"),
    "gt": N_("%(field)s ist mehr als %(value)s"),
    "ge": N_("%(field)s ist mindestens %(value)s"),
    "lt": N_("%(field)s ist weniger als %(value)s"),
    "le": N_("%(field)s ist höchstens %(value)s"),
    "contains": N_("%(field)s enthält %(value)s"),
    "in": N_("%(field)s ist eines von: %(value)s"),
    "empty": N_("%(field)s ist nicht beantwortet"),
    "not_empty": N_("%(field)s ist beantwortet"),
}
_DATED: dict[str, str] = {
    "gt": N_("%(field)s liegt nach %(value)s"),
    "ge": N_("%(field)s liegt nicht vor %(value)s"),
    "lt": N_("%(field)s liegt vor %(value)s"),
    "le": N_("%(field)s liegt nicht nach %(value)s"),
}
_COUNTED: dict[str, str] = {
    "is": N_("die Anzahl der Einträge bei %(group)s ist %(value)s"),
    "is_not": N_("die Anzahl der Einträge bei %(group)s ist nicht %(value)s"),
    "gt": N_("bei %(group)s gibt es mehr als %(value)s Einträge"),
    "ge": N_("bei %(group)s gibt es mindestens %(value)s Einträge"),
    "lt": N_("bei %(group)s gibt es weniger als %(value)s Einträge"),
    "le": N_("bei %(group)s gibt es höchstens %(value)s Einträge"),
}
_AND, _OR, _NOT = N_("%(one)s und %(other)s"), N_("%(one)s oder %(other)s"), N_("es trifft nicht zu: (%(part)s)")
_EVERY, _SOME = N_("für jeden Eintrag bei %(group)s gilt: (%(part)s)"), N_("für mindestens einen Eintrag bei %(group)s gilt: (%(part)s)")
_WHERE = N_("%(part)s, nur Einträge mit: (%(where)s)")
_TODAY = N_("heute")
_SPANS: dict[str, str] = {
    "+d": N_("heute + %(count)s Tage"),
    "+m": N_("heute + %(count)s Monate"),
    "+y": N_("heute + %(count)s Jahre"),
    "-d": N_("heute − %(count)s Tage"),
    "-m": N_("heute − %(count)s Monate"),
    "-y": N_("heute − %(count)s Jahre"),
}
_MOVED: dict[str, str] = {
    "+d": N_("%(day)s + %(count)s Tage"),
    "+m": N_("%(day)s + %(count)s Monate"),
    "+y": N_("%(day)s + %(count)s Jahre"),
    "-d": N_("%(day)s − %(count)s Tage"),
    "-m": N_("%(day)s − %(count)s Monate"),
    "-y": N_("%(day)s − %(count)s Jahre"),
}
_TOTAL = N_("die Summe von %(field)s bei %(group)s")
_LEAST, _GREATEST = N_("der kleinste Wert von: %(parts)s"), N_("der größte Wert von: %(parts)s")
_ROUNDED: dict[str, str] = {
    "half_up": N_("(%(part)s), gerundet auf %(places)s Stellen nach dem Komma"),
    "up": N_("(%(part)s), aufgerundet auf %(places)s Stellen nach dem Komma"),
    "down": N_("(%(part)s), abgerundet auf %(places)s Stellen nach dem Komma"),
}
_BETWEEN: dict[type[e.Expression], str] = {
    e.DaysBetween: N_("Tage von %(begin)s bis %(end)s"),
    e.MonthsBetween: N_("volle Monate von %(begin)s bis %(end)s"),
    e.YearsBetween: N_("volle Jahre von %(begin)s bis %(end)s"),
}
_BY_STEPS, _BELOW = N_("nach (%(part)s): %(rows)s"), N_("unter %(limit)s")
_ADDED, _TAKEN, _TIMES = N_("%(one)s plus %(other)s"), N_("%(one)s minus %(other)s"), N_("%(one)s mal %(other)s")
_SUM = N_("Summe über %(group)s: (%(part)s)")
_COUNT = N_("Anzahl der Einträge bei %(group)s")
_BY_PLACE = N_("nach der Reihenfolge: %(rows)s")
_BY_FIELD = N_("nach %(field)s: %(rows)s")
_LINE, _OTHERWISE = N_("%(name)s: %(amount)s"), N_("sonst")
_IF = N_("wenn (%(when)s), dann (%(then)s), sonst (%(otherwise)s)")


def sentence(condition: c.Condition, definition: FormDefinition, language: str) -> str:
    """A condition as one sentence, such as "„Ist ein Hund ein Assistenzhund?“ ist „Ja“."."""
    return _closed(_Speaker(definition, language).condition(condition))


def expression_sentence(expression: e.Expression, definition: FormDefinition, language: str) -> str:
    """An expression as one sentence, such as "Summe über „Hunde“: (nach der Reihenfolge: 1: 132,00 €, …)."."""
    return _closed(_Speaker(definition, language).expression(expression))


def _closed(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."


class _Speaker:
    """Puts trees of one definition into words of one language."""

    def __init__(self, definition: FormDefinition, language: str) -> None:
        self.definition = definition
        self.language = language

    def say(self, sentence: str, **words: str) -> str:
        return say(sentence, self.language) % words

    def quoted(self, text: str) -> str:
        return f"“{text}”" if self.language.startswith("en") else f"„{text}“"

    def label(self, key: str) -> str:
        return self.quoted(pick(self.definition.outline.element(key).label, self.language)[0])

    def condition(self, node: c.Condition) -> str:
        match node:
            case c.AllOf(all=parts):
                return self._joined(parts, _AND)
            case c.AnyOf(any=parts):
                return self._joined(parts, _OR)
            case c.Not(no=part):
                return self.say(_NOT, part=self.condition(part))
            case c.EveryRow(group=group, all=part):
                return self.say(_EVERY, group=self.label(group), part=self.condition(part))
            case c.AnyRow(group=group, any=part):
                return self.say(_SOME, group=self.label(group), part=self.condition(part))
            case c.RowCount(group=group, count=count):
                counted = self.say(_COUNTED[count.op], group=self.label(group), value=str(count.value))
                return self._where(counted, count.where)
            case c.RowTotal(group=group, sum=total):
                summed = self.say(_TOTAL, field=self.label(total.field), group=self.label(group))
                said = self.say(_COMPARED[total.op], field=summed, value=self._value(total.field, total.value))
                return self._where(said, total.where)
            case c.FieldTest():
                return self._compared(node)

    def _joined(self, parts: list[c.Condition], pattern: str) -> str:
        said = [self.condition(part) for part in parts]
        if len(parts) > 1:
            compound = [isinstance(part, c.AllOf | c.AnyOf) for part in parts]
            said = [f"({words})" if is_compound else words for words, is_compound in zip(said, compound, strict=True)]
        return self._folded(said, pattern)

    def _folded(self, words: list[str], pattern: str) -> str:
        whole = words[0]
        for other in words[1:]:
            whole = self.say(pattern, one=whole, other=other)
        return whole

    def _where(self, words: str, where: c.Condition | None) -> str:
        return words if where is None else self.say(_WHERE, part=words, where=self.condition(where))

    def _compared(self, node: c.FieldTest) -> str:
        element = self.definition.outline.element(node.field)
        patterns = {**_COMPARED, **_DATED} if element.kind in {"date", "time", "datetime"} else _COMPARED
        said = self._values(node)
        return self.say(patterns[node.op], field=self.label(node.field), value=said)

    def _values(self, node: c.FieldTest) -> str:
        if isinstance(node.value, c.Other):
            return self._other(node.value)
        values = node.value if isinstance(node.value, list) else [node.value]
        return ", ".join(self._value(node.field, value) for value in values)

    def _other(self, other: c.Other) -> str:
        label = self.label(other.field)
        return label if other.plus is None else self.say(_MOVED[other.plus[0] + other.plus[-1]], day=label, count=other.plus[1:-1])

    def _value(self, key: str, value: c.Literally | None) -> str:
        element = self.definition.outline.element(key)
        if isinstance(value, bool):
            return self.quoted(yes_or_no(value, self.language))
        if element.kind == "money" and value is not None:
            return money_in_words(str(value), self.language)
        if element.kind in {"date", "time", "datetime"} and isinstance(value, str):
            return self._moment(value)
        if element.kind == "number" and isinstance(value, int | str):
            return number_in_words(Decimal(value), self.language, None)
        if element.kind == "choice":
            return self.quoted(element.display(value, self.language, {}))
        if element.kind == "choices":
            return self.quoted(element.display([value], self.language, {}))
        return self.quoted(str(value or ""))

    def _moment(self, written: str) -> str:
        hour, moment = clock_time(written), local_moment(written)
        if hour is not None:
            return time_in_words(hour, self.language)
        if moment is not None:
            return f"{day_in_figures(moment.date(), self.language)}, {time_in_words(moment.time(), self.language)}"
        return self._day(written)

    def _day(self, written: str) -> str:
        fixed = iso_day(written)
        if fixed is not None:
            return day_in_figures(fixed, self.language)
        if written == "today":
            return self.say(_TODAY)
        return self.say(_SPANS[written[5] + written[-1]], count=written[6:-1])

    def expression(self, node: e.Expression) -> str:
        match node:
            case e.Number(number=written):
                return number_in_words(Decimal(written), self.language, None)
            case e.Sum(money=written):
                return money_in_words(written, self.language)
            case e.FieldValue(field=key):
                return self.label(key)
            case e.CountOver(count=counted):
                return self._where(self.say(_COUNT, group=self.label(counted.group)), counted.where)
            case e.Lookup(table=table):
                return self._table(table)
            case e.SumOver(sum=over):
                inner = self._table(over.table) if over.table is not None else ""
                part = self.expression(over.of) if over.of is not None else inner
                return self._where(self.say(_SUM, group=self.label(over.group), part=part), over.where)
            case e.Choice():
                then, otherwise = self.expression(node.then), self.expression(node.otherwise)
                return self.say(_IF, when=self.condition(node.when), then=then, otherwise=otherwise)
            case e.Rounded(round=rounding):
                return self.say(_ROUNDED[rounding.mode], part=self.expression(rounding.of), places=str(rounding.places))
            case e.DaysBetween(days=interval) | e.MonthsBetween(months=interval) | e.YearsBetween(years=interval):
                begin, end = (self._end(one) for one in (interval.begin, interval.end))
                return self.say(_BETWEEN[type(node)], begin=begin, end=end)
            case _:
                return self._calculated(node)

    def _end(self, written: c.Other | str) -> str:
        return self._other(written) if isinstance(written, c.Other) else self._day(written)

    def _calculated(self, node: e.Calculated) -> str:
        compound = (e.Add, e.Subtract, e.Multiply)
        said = [f"({self.expression(part)})" if isinstance(part, compound) else self.expression(part) for part in e.parts_in(node)]
        if isinstance(node, e.Least | e.Greatest):
            return self.say(_LEAST if isinstance(node, e.Least) else _GREATEST, parts=", ".join(said))
        return self._folded(said, _TIMES if isinstance(node, e.Multiply) else _ADDED if isinstance(node, e.Add) else _TAKEN)

    def _table(self, table: e.Table) -> str:
        if isinstance(table, e.StepTable):
            rows = [(self.say(_BELOW, limit=self._limit(table, step.below)), step.value) for step in table.steps]
            rows.append((self.say(_OTHERWISE), table.otherwise))
            return self.say(_BY_STEPS, part=self.expression(table.of), rows=self._lines(rows))
        if isinstance(table, e.PositionTable):
            rows = [(self.say(_OTHERWISE) if place == "default" else f"{place}.", amount) for place, amount in table.position.items()]
            return self.say(_BY_PLACE, rows=self._lines(rows))
        rows = [(self._table_name(table.field, name), amount) for name, amount in table.values.items()]
        if table.default is not None:
            rows.append((self.say(_OTHERWISE), table.default))
        return self.say(_BY_FIELD, field=self.label(table.field), rows=self._lines(rows))

    def _limit(self, table: e.StepTable, limit: str) -> str:
        money = any(isinstance(part, e.Sum | e.Lookup) or self._is_money(part) for part in e.parts_of(table.of))
        return money_in_words(limit, self.language) if money else number_in_words(Decimal(limit), self.language, None)

    def _is_money(self, part: e.Expression) -> bool:
        tabled = isinstance(part, e.SumOver) and part.sum.table is not None
        return tabled or (isinstance(part, e.FieldValue) and self.definition.outline.element(part.field).kind == "money")

    def _table_name(self, key: str, name: str) -> str:
        element = self.definition.outline.element(key)
        if element.kind == "bool":
            return self.quoted(yes_or_no(name == "true", self.language))
        return self.quoted(element.display(name, self.language, {})) if element.kind == "choice" else name

    def _lines(self, rows: list[tuple[str, str]]) -> str:
        return ", ".join(self.say(_LINE, name=name, amount=money_in_words(amount, self.language)) for name, amount in rows)
