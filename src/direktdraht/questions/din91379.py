"""DIN 91379:2022-08, the characters that German registers can hold in names.

Datatype A, names of persons: Latin letters and the letter sequences with combining marks, and non-letters N1.
Datatype B, other names: A and non-letters N2. Datatype C, text: B and non-letters N3 (and line ends, which
questions of several lines take care of). Text is compared in Unicode NFC.

Source: DIN 91379:2022-08, groups bll, bnlreq, bnl and bnlopt, as published by
https://github.com/String-Latin/DIN-91379-Characters-and-Sequences (CC0, latin_list_1.3).
"""

import unicodedata
from typing import Literal

Datatype = Literal["A", "B", "C"]

_LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "ĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĦħĨĩĪīĬĭĮįİıĲĳĴĵĶķĸĹĺĻļĽľĿŀŁłŃńŅņŇňŉŊŋŌōŎŏŐőŒœŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŦŧŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽž"
    "ƇƈƏƗƠơƯưƷǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜǞǟǢǣǤǥǦǧǨǩǪǫǬǭǮǯǰǴǵǸǹǺǻǼǽǾǿȒȓȘșȚțȞȟȧȨȩȪȫȬȭȮȯȰȱȲȳəɨʒ"
    "ḂḃḆḇḊḋḌḍḎḏḐḑḗḜḝḞḟḠḡḢḣḤḥḦḧḨḩḪḫḯḰḱḲḳḴḵḶḷḺḻṀṁṂṃṄṅṆṇṈṉṒṓṔṕṖṗṘṙṚṛṞṟṠṡṢṣṪṫṬṭṮṯẀẁẂẃẄẅẆẇẌẍẎẏẐẑẒẓẔẕẖẗẞ"
    "ẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ"
)

# Base letter and the marks that may stand on it where Unicode has no single character, as code points in hex.
_SEQUENCES = (
    "A:30B C:300,304,306,308,315,323,326,328+306 D:302 F:300,304 G:300 H:304,326,331 J:301,30C "
    "K:300,302,304,307,315,31B,326 L:302,325,325+304,326 M:300,302,306,310 N:302,304,306,326 P:300,304,315,323 "
    "R:306,325,325+304 S:300,304,31B+304,331 T:300,304,308,315,31B U:307 Z:300,304,306,308,327 "
    "a:30B c:300,304,306,308,315,323,326,328+306 d:302 f:300,304 g:300 h:304,326 j:301 "
    "k:300,302,304,307,315,31B,326 l:302,325,325+304,326 m:300,302,306,310 n:302,304,306,326 p:300,304,315,323 "
    "r:306,325,325+304 s:300,304,31B+304,331 t:300,304,315,31B u:307 z:300,304,306,308,327 "
    "Ç:306 Û:304 ç:306 û:304 ÿ:301 Č:315,323 č:315,323 ē:30D Ī:301 ī:301 ō:30D Ž:326,327 ž:326,327 "
    "Ḳ:304 ḳ:304 Ṣ:304 ṣ:304 Ṭ:304 ṭ:304 Ạ:308 ạ:308 Ọ:308 ọ:308 Ụ:304,308 ụ:304,308"
)
_LIGATURES = ("K\u035fH", "K\u035fh", "k\u035fh")

_N1 = " ',-.`~¨´·ʹʺʾʿˈˌ’‡"
_N2 = '!"#$%&()*+/0123456789:;<=>?@[\\]^_{|}¡¢£¥§©ª«¬®¯°±²³µ¶¹º»¿×÷€'
_N3 = "¤¦¸¼½¾"


def _all_sequences() -> frozenset[str]:
    sequences = set(_LIGATURES)
    for entry in _SEQUENCES.split():
        letter, _, marks = entry.partition(":")
        for mark in marks.split(","):
            combined = letter + "".join(chr(int(point, 16)) for point in mark.split("+"))
            sequences.add(unicodedata.normalize("NFC", combined))
    return frozenset(sequences)


SEQUENCES = _all_sequences()
"""Letters that are written with combining marks, in NFC."""

CHARACTERS: dict[Datatype, frozenset[str]] = {
    "A": frozenset(_LETTERS + _N1),
    "B": frozenset(_LETTERS + _N1 + _N2),
    "C": frozenset(_LETTERS + _N1 + _N2 + _N3),
}
"""Single characters of each datatype."""

_LONGEST = max(len(sequence) for sequence in SEQUENCES)


def strangers(text: str, datatype: Datatype) -> list[str]:
    """The characters of the text that the datatype does not hold, each once, in order.

    A combining mark belongs to the letter before it, so both are named together.

    >>> strangers("Ğülşen O’Neill", "A"), strangers("Robin 3 ☺", "A")
    ([], ['3', '☺'])
    """
    text = unicodedata.normalize("NFC", text)
    found: dict[str, None] = {}
    place = 0
    while place < len(text):
        length = _accepted(text, place, datatype)
        if length == 0:
            length = 1 + sum(1 for _ in _marks_after(text, place))
            found[text[place : place + length]] = None
        place += length
    return list(found)


def _accepted(text: str, place: int, datatype: Datatype) -> int:
    """How many characters from here make one accepted letter or sign, 0 if none."""
    for length in range(_LONGEST, 1, -1):
        if text[place : place + length] in SEQUENCES and not _marks_after(text, place + length - 1):
            return length
    return 1 if text[place] in CHARACTERS[datatype] and not _marks_after(text, place) else 0


def _marks_after(text: str, place: int) -> str:
    end = place + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return text[place + 1 : end]
