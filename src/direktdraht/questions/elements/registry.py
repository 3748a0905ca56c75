"""All element types of this room: adding one is a module and a line here."""

from direktdraht.questions.elements.address import Address
from direktdraht.questions.elements.appointment import Appointment
from direktdraht.questions.elements.base import ELEMENT_TYPES, Element
from direktdraht.questions.elements.choice import Choice
from direktdraht.questions.elements.codelist import CodeListChoice
from direktdraht.questions.elements.computed import Computed
from direktdraht.questions.elements.consent import Consent
from direktdraht.questions.elements.date import Date
from direktdraht.questions.elements.datetime import DateTime
from direktdraht.questions.elements.decimal import DecimalElement
from direktdraht.questions.elements.email import Email
from direktdraht.questions.elements.file import File
from direktdraht.questions.elements.group import Group
from direktdraht.questions.elements.hidden import Hidden
from direktdraht.questions.elements.iban import Iban
from direktdraht.questions.elements.info import Info
from direktdraht.questions.elements.integer import Integer
from direktdraht.questions.elements.longtext import LongText
from direktdraht.questions.elements.matrix import Matrix
from direktdraht.questions.elements.money import MoneyElement
from direktdraht.questions.elements.multichoice import MultiChoice
from direktdraht.questions.elements.name import Name
from direktdraht.questions.elements.organisation import Organisation
from direktdraht.questions.elements.payment import Payment
from direktdraht.questions.elements.period import Period
from direktdraht.questions.elements.person import Person
from direktdraht.questions.elements.phone import Phone
from direktdraht.questions.elements.place import Place
from direktdraht.questions.elements.ranking import Ranking
from direktdraht.questions.elements.scale import Scale
from direktdraht.questions.elements.signature import Signature
from direktdraht.questions.elements.text import Text
from direktdraht.questions.elements.time import Time
from direktdraht.questions.elements.yesno import YesNo

__all__ = ["ELEMENT_TYPES", "Element"]

ELEMENT_TYPES.register("text", Text)
ELEMENT_TYPES.register("name", Name)
ELEMENT_TYPES.register("longtext", LongText)
ELEMENT_TYPES.register("integer", Integer)
ELEMENT_TYPES.register("decimal", DecimalElement)
ELEMENT_TYPES.register("money", MoneyElement)
ELEMENT_TYPES.register("yesno", YesNo)
ELEMENT_TYPES.register("date", Date)
ELEMENT_TYPES.register("time", Time)
ELEMENT_TYPES.register("datetime", DateTime)
ELEMENT_TYPES.register("period", Period)
ELEMENT_TYPES.register("choice", Choice)
ELEMENT_TYPES.register("multichoice", MultiChoice)
ELEMENT_TYPES.register("codelist", CodeListChoice)
ELEMENT_TYPES.register("scale", Scale)
ELEMENT_TYPES.register("matrix", Matrix)
ELEMENT_TYPES.register("ranking", Ranking)
ELEMENT_TYPES.register("email", Email)
ELEMENT_TYPES.register("phone", Phone)
ELEMENT_TYPES.register("iban", Iban)
ELEMENT_TYPES.register("address", Address)
ELEMENT_TYPES.register("place", Place)
ELEMENT_TYPES.register("appointment", Appointment)
ELEMENT_TYPES.register("person", Person)
ELEMENT_TYPES.register("organisation", Organisation)
ELEMENT_TYPES.register("file", File)
ELEMENT_TYPES.register("consent", Consent)
ELEMENT_TYPES.register("info", Info)
ELEMENT_TYPES.register("group", Group)
ELEMENT_TYPES.register("computed", Computed)
ELEMENT_TYPES.register("hidden", Hidden)
ELEMENT_TYPES.register("signature", Signature)
ELEMENT_TYPES.register("payment", Payment)
