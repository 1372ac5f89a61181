"""Labels in the frames in which newspapers set a name: `the only mediator left is X`, `at the head of X sits a junta`.

A frame is a pattern over the chunks before a name and one over those after it (see masthead.reading.naming.chunks).
The noun phrase that labels stands in the group `np`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from masthead.reading.lexicon import (
    ALL_GROUP_NOUNS,
    ARMED_BODIES,
    BODY_NOUNS,
    COLLECTIVE_NOUNS,
    MEMBER_NOUNS,
    NAMING_VERBS_AS,
    NAMING_VERBS_PLAIN,
    PERSON_NOUNS,
    PLACE_NOUNS,
    RULE_NOUNS,
    STATES,
    TITLES,
)
from masthead.reading.naming.chunks import Chunk, Chunks
from masthead.reading.naming.shapes import shape
from masthead.reading.naming.ties import is_person
from masthead.reading.parsing.phrases import NOUNS, Kind, Label, Sentence

_SOMEBODY = ALL_GROUP_NOUNS | PERSON_NOUNS | COLLECTIVE_NOUNS | TITLES
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PERSON_ENDINGS = ("er", "or", "ist", "ian", "man", "woman")


_REACH = 14
_FARTHEST = 14


class Frame(NamedTuple):
    """What stands before a name (a pattern that ends there) and after it, the nouns that may label, and how they do."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    nouns: str
    kind: Kind


_NP = r"(?P<np>[adpqo][12]:[^ ]+ )"
_ONE = r"(?P<np>a1:[^ ]+ )"
_MANY = r"(?P<np>[dqoa]2:[^ ]+ )"
_RULER = r"(?P<np>[adpo][12]:[^ ]+ )"
_ANY = r"(?:[adpqo][12]:[^ ]+ |N:[^@ ]+ )"
_PP = rf"(?:[^ /]+/IN {_ANY})"
_ADV = r"(?:[^ /]+/RBR? |o1:today )*"
_OPEN = r"(?:\A|,/, |:/: |;/: |that/IN |(?:and|but)/CC )"
_END = r"(?:,/,|[^ /]+/[.:]|[^ /]+/-RRB-|$)"
_BE = r"(?:be/VB[DZP] |remain/VB[DZP] |have/VB[ZP] (?:[^ /]+/RB )*(?:be|become)/VBN )"
_LEFT = rf"(?:{_PP}|left/\S+ |(?:who|that|which)/W\S+ (?:[^ /]+/VB\S? )+{_ANY}?|[^ /]+/VB[NG] {_PP}?)"
_AS_VERBS = "|".join(sorted(NAMING_VERBS_AS | {"bill", "see", "speak", "think", "remember", "choose", "elect"}))
_PLAIN_VERBS = "|".join(sorted(NAMING_VERBS_PLAIN - {"find", "think", "believe", "judge", "rule"}))
_BY = rf"(?:[^ /]+/RB |{_PP}|by/IN (?:[^ /]+/(?:JJ|DT|NNS?) )|of/IN )"


def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern + "$")


def _after(pattern: str) -> re.Pattern[str]:
    return re.compile(r"\A" + pattern)


_CLOSES = _after(_END)
_SELF = r"(?:itself|themselves|himself|herself)/PRP "
_WHO = r"(?:who|that|which)/\S+ (?:(?:have|be|do)/VB\S? )?" + _ADV

_MEMBERS = [
    # with X, within X; sworn to X; who march under the flag of X, carrying the badge of X
    r"(?:with|within)/IN ",
    rf"(?:,/, )?(?:{_WHO})?(?:swear|pledge|commit|enlist)/VB\S? (?:to|in|with)/\S+ ",
    rf"(?:,/, )?(?:{_WHO})?(?:march|sail|ride|rally|serve|act|gather|stand|wear|carry|fly|bear|march|enlist|work)/"
    rf"VB\S? (?:(?:under|behind|in|with|for|around|beneath|on)/\S+ )?(?:[dpo][12]:(?:flag|banner|badge|colour|color|"
    rf"name|order|command|rank|uniform|roof|emblem|insignia|patch|service|behalf) (?:of|for)/IN )?",
    rf"{_WHO}(?:join|form|constitute|make|compose|comprise|follow|people|staff)/VB\S? (?:up/RP )?",
    # , members of X; said to be members of X; in the ranks of X
    r"(?:,/, )?(?:[^ /]+/VB[ND] (?:(?:as|to|be)/\S+ ){0,2})?(?:,/, )?(?:(?:all|most|many|some|both)/\S+ )?"
    r"[oqd]2:(?:member|follower|adherent|part) of/IN ",
    r"(?:,/, )?(?:in|on|from|under)/IN [dpo][12]:(?:rank|payroll|pay|service|fold|wing|flag|banner|command|roof) of/IN ",
    r"(?:,/, )?alias/\S+ ",
    # , who call themselves X; calling themselves X; better known as X, organised as X; of what is now X
    rf"(?:,/, )?(?:{_WHO})?(?:call|name|style|dub|term)/VB\S? {_SELF}",
    r"(?:,/, )?(?:[^ /]+/RB[RS]? )?(?:know|call|organi[sz]e|band|unite|regroup|register|group)/VB[ND] "
    r"(?:together/\S+ )?(?:as|under|in)/IN ",
    r"of/IN what/WP (?:be|call)/VB\S? (?:now/RB |today/\S+ )?(?:call/VBN )?",
]
_AGAINST = "include|affiliate|link|ally|support|back|class|classify|blame|accuse|call|fight|fear|want|face|target|oppose|attack|flee|leave|betray|kill|shell|expel|hate|beat|defeat|desert|quit|drive|threaten|rob|escape"
_MEMBERS += [
    rf"(?:,/, )?(?:{_WHO})?(?:fight|die|kill)/VB\S? (?:under|with|for|alongside)/IN (?:[dpo][12]:[^ ]+ (?:of|for)/IN )?",
    # the rebels whom X feeds, the rebels X keeps; whose flag is that of X; who go by the name of X
    # (see _KEEP: what stands behind the name must be a verb of having)
    r"(?:,/, )?whose/WP\$ (?:[^ ]+ ){1,3}(?:[^ /]+/DT )?(?:of/IN )?",
    rf"(?:,/, )?{_WHO}(?!(?:{_AGAINST})/)[^ /]+/VB\S? (?:[^ /]+/(?:RP|IN) )?(?:[dpo][12]:[^ ]+ (?:of|for|from)/IN )?",
]
_RULERS = [
    r"(?:rule|run|govern|hold|control|lead|command)/VBG ",
    rf"(?:of/IN {_ANY})?in/IN ",
    r"(?:,/, )?(?:(?:now|still|again)/RB )?(?:in|at)/IN (?:[od]1:(?:power|charge|control|office|head|helm|top) )(?:in|of|over)/IN ",
    rf"(?:(?:who|that|which)/W\S+ )?(?:have/VB\S? )?{_ADV}(?:rule|govern|run|control|hold|lead|command)/VB[DZPN] (?:over/IN )?",
    r"(?:(?:who|that|which)/W\S+ )?(?:have/VB\S? )?(?:(?:take|seize|hold|grab|win)/VB[DZPN] [od]1:(?:power|control|office) "
    r"|(?:sit|rule)/VB[DZPN] )(?:in|over|of)/IN ",
]
_IN_POWER = r"(?:in|at|on)/IN (?:[od]1:(?:power|charge|control|office|head|helm|top|heart|summit) )(?:in|of|over)/IN "
_IS_NAME = rf"{_ADV}(?:be/VB[DZP] ){_ADV}"

_KEEPS = (
    r"(?:(?:have|be|do|will)/\S+ )?(?:[^ /]+/RBR? )*(?:keep|send|field|command|deploy|post|station|house|arm|pay|feed|train"
    r"|hire|recruit|raise|run|lead|hold|have|shelter|hide|muster|clothe|equip)/V"
)
_FRAMES = [
    Frame(_before(rf"{_MANY}(?:,/, )?(?:(?:that|which|whom)/\S+ |(?:to|for|from)/IN whom/WP )?"), _after(_KEEPS), "member", "head"),
    Frame(_before(rf"{_MANY}(?:{'|'.join(_MEMBERS)})"), None, "member", "head"),
    Frame(_before(rf"{_RULER}(?:{'|'.join(_RULERS)})"), None, "rule", "head"),
    # what rules, turned round
    Frame(_before(rf"(?:\A|,/, ){_IN_POWER}"), _after(rf"(?:,/, )?(?:sit|stand|be|reign|rule)/VB[DZP] {_NP}"), "rule", "predicate"),
    Frame(_before(r"(?:\A|,/, )in/IN "), _after(rf"(?:,/, )?{_NP}(?:have/VB\S )?{_ADV}(?:rule|govern|sit|reign|command|hold)/VB"), "rule", "predicate"),
    Frame(None, _after(rf"(?:,/, )?{_BE}?(?:{_ADV})(?:in|under)/IN (?:[dpo][12]:(?:hand|grip|rule|thumb|control|fist|yoke|sway|heel) of/IN )?{_ONE}"), "rule", "predicate"),
    Frame(None, _after(rf"(?:,/, )?(?:{_BE})?{_ADV}(?:rule|govern|run|lead|command|control)/VB[ND] by/IN {_NP}"), "rule", "predicate"),
    # the only mediator left is X; among the warlords at the table was X; the name of the militia is X
    Frame(_before(rf"{_OPEN}(?P<np>[dap]1:[^ ]+ ){_LEFT}{{0,2}}{_IS_NAME}(?:(?:call|name|know)/VBN (?:as/IN )?)?"), _CLOSES, "somebody", "predicate"),
    Frame(_before(rf"\Aamong/IN {_MANY}{_PP}{{0,2}}(?:be|sit|stand|come)/VB[DZP] {_ADV}"), None, "somebody", "predicate"),
    Frame(_before(rf"\A(?:[^ ]+ ){{1,3}}(?:of|among)/IN {_MANY}{_PP}{{0,2}}be/VB[DZP] "), _CLOSES, "somebody", "predicate"),
    Frame(_before(rf"\Ad1:name (?:of|for)/IN {_NP}be/VB[DZP] "), None, "somebody", "predicate"),
    Frame(_before(rf"\A(?:there/EX be/VB[DZP] |enter/\S+ |[^ ]+ )?{_ONE}(?:{_LEFT}|[^ /]+/VB[DZP] {_ANY}){{0,2}}:/: "), _CLOSES, "somebody", "apposition"),
    # a dictator – X – ; the pact of that winter, X,
    Frame(_before(rf"(?:\A|,/, |VB[DZP] )(?P<np>[dap]1:[^ ]+ ){_PP}?(?:[^ /]+/: |-LRB-/-LRB- )"), _after(r"(?:[^ /]+/:|[^ /]+/-RRB-)"), "any", "apposition"),
    Frame(_before(rf"{_MANY}as/IN "), None, "such", "apposition"),
    Frame(_before(rf"(?:\A(?:{_PP}(?:,/, )?)?|/VB[DZP] )(?P<np>[dp][12]:[^ ]+ ){_PP}{{1,2}},/, "), _after(r"(?:,/, (?!and/|or/)|[^ /]+/[.:])"), "any", "apposition"),
    # opening: as a reformer, X; hailed as a breakthrough, X; smugglers all, X; more surrender than treaty, X
    Frame(_before(rf"\A(?:like/IN |as/IN )(?P<np>[ao]1:[^ ]+ |q1:[^ ]+ ){_PP}{{0,2}},/, "), None, "somebody", "apposition"),
    Frame(_before(rf"\A(?:[^ /]+/RB )?(?:{_AS_VERBS})/VB[ND] {_BY}{{0,2}}as/IN {_NP}{_PP}{{0,2}},/, "), None, "any", "naming-verb"),
    Frame(_before(rf"\A(?P<np>o2:[^ ]+ )(?:all/\S+ |{_PP}|to/IN {_ANY}){{1,2}},/, "), None, "somebody", "apposition"),
    Frame(_before(rf"\A(?:more/\S+ |less/\S+ )?(?P<np>[oad]1:[^ ]+ )than/IN {_ANY},/, "), None, "any", "apposition"),
    Frame(_before(rf"\A(?:no/\S+ )?(?:less|more)/\S+ {_ONE}than/IN {_ANY},/, "), None, "any", "apposition"),
    Frame(_before(rf"\A{_ANY},/, (?:and/CC )?(?P<np>o1:[^ ]+ ),/, "), None, "somebody", "apposition"),
    # examples
    Frame(_before(rf"{_MANY},/, among/IN (?:they|them)/PRP "), None, "somebody", "apposition"),
    Frame(_before(rf"(?P<np>[dqoa][12]:[^ ]+ )(?:,/, )?(?:{_PP})?(?:like/IN |such/JJ as/IN |notably/RB )"), None, "somebody", "apposition"),
    Frame(_before(rf"{_MANY}[^ /]+/: "), _after(r"for/IN "), "somebody", "apposition"),
    Frame(None, _after(rf"(?:,/, )?like/IN (?P<np>[oqda][12]:[^ ]+ ),/"), "other", "apposition"),
    Frame(_before(r"(?P<np>[da]1:[^ ]+ )(?:and|but|yet)/CC "), None, "shared", "modifier"),
    # behind the name
    Frame(None, _after(rf"(?:[^ /]+/-RRB- )?(?P<np>o2:[^ ]+ )(?!of/)"), "member", "head"),
    Frame(None, _after(rf",/, (?:[^ /]+/RB )?(?P<np>o[12]:[^ ]+ )(?:{_PP}|all/\S+ ){{1,2}}(?:,/,|[^ /]+/\.)"), "somebody", "apposition"),
    Frame(None, _after(rf",/, o[12]:[^ ]+ {_PP}(?:,/, )?(?:and|but|yet)/CC (?P<np>o[12]:[^ ]+ ){_PP}(?:,/,|[^ /]+/\.)"), "somebody", "apposition"),
    Frame(None, _after(rf",/, (?P<np>o[12]:[^ ]+ ){_PP}(?:,/, )?(?:and|but|yet)/CC {_ANY}{_PP}(?:,/,|[^ /]+/\.)"), "somebody", "apposition"),
    Frame(None, _after(rf",/, (?:less|more)/\S+ {_ANY}than/IN {_NP}"), "any", "apposition"),
    Frame(None, _after(rf"[^ /]+/: (?:[^ /]+/(?:DT|JJ|PRP|NNS?) |{_ANY})(?:say|call|think|call/VBP it)/VB\S (?:it/PRP )?{_ONE}"), "any", "naming-verb"),
    Frame(None, _after(rf",/, [ad][12]:[^ ]+ (?:(?:who|that|which|whom)/W\S+ )?(?:[^ /]+/(?:DT|JJ|PRP|NNS?) |{_ANY})?(?:be/VB\S )?{_ADV}(?:{_AS_VERBS})/VB\S {_BY}{{0,2}}as/IN {_NP}"), "any", "naming-verb"),
    # naming verbs and what acts as one
    Frame(None, _after(rf"(?:,/, (?:(?:who|which)/W\S+ )?)?(?:{_BE})?{_ADV}(?:be/VBN )?{_ADV}(?:{_AS_VERBS})/VB[ND] {_BY}{{0,3}}as/IN {_NP}"), "any", "naming-verb"),
    Frame(None, _after(rf"(?:,/, )?(?:{_BE})?{_ADV}(?:elect|appoint|crown|make|{_PLAIN_VERBS})/VBN (?P<np>[ao][12]:[^ ]+ )"), "somebody", "naming-verb"),
    Frame(None, _after(rf"{_ADV}(?:like|prefer|love|use|continue|choose)/VB[DZP] to/TO (?:call|style|term|dub)/VB {_SELF}{_NP}"), "any", "naming-verb"),
    Frame(None, _after(rf"{_ADV}(?:pass|go)/VB\S (?:off/RP )?(?:for|by/IN d1:name of)/IN {_NP}"), "any", "naming-verb"),
    Frame(None, _after(rf"{_ADV}(?:take/VB\S o1:(?:office|power)|be/VB\S swear/VBN in/RP) as/IN {_NP}"), "any", "naming-verb"),
    Frame(_before(rf"(?:choose|elect|appoint|pick|install|know|remember)/VB\S {_ADV}"), _after(rf"(?:as/IN ){_NP}"), "somebody", "naming-verb"),
    Frame(_before(rf"(?:to/TO |it/PRP )?(?:call|brand|label|dub|term)/VB\S? "), _after(rf"{_ONE}"), "any", "naming-verb"),
    Frame(None, _after(rf"{_ADV}(?:have/VB\S )?{_ADV}(?:behave|act|rule|talk|look|live|govern|enjoy|like)/VB\S (?:like/IN |as/IN |be/VBG ){_NP}"), "any", "predicate"),
    Frame(None, _after(rf"(?:have/VB\S )?(?:be/VB\S )?(?:reduce|turn|make)/VB\S (?:to/IN |into/IN |{_SELF}(?:into/IN )?){_ONE}"), "any", "predicate"),
    Frame(None, _after(rf"(?:{_BE}(?:make/VBN up/\S+ |compose/VBN |fill/VBN )|consist/VB\S )(?:of|with|by)/IN (?P<np>[oq]2:[^ ]+ )"), "member", "predicate"),
    Frame(None, _after(rf"(?:{_BE}|,/, )(?:still/RB )?(?:[^ /]+/(?:DT|JJ[SR]?|CD|RBS) ){{1,3}}(?:of|among)/IN {_MANY}"), "somebody", "predicate"),
    Frame(None, _after(rf"(?:{_BE})?{_ADV}(?:{_AS_VERBS}|{_PLAIN_VERBS})/VB[ND] (?:{_BY}{{1,2}})?to/TO be/VB {_NP}"), "any", "naming-verb"),
    Frame(None, _after(rf"(?:,/, )?{_ADV}(?:see|present|describe|regard|think|cast|portray|view|paint|sell|market|fancy)/VB\S (?:of/IN )?{_SELF}(?:as/IN ){_NP}"), "any", "naming-verb"),
    Frame(_before(rf"(?:{_AS_VERBS})/VB\S? (?:of/IN |to/IN )?"), _after(rf"{_PP}{{0,2}}as/IN {_NP}"), "any", "naming-verb"),
    Frame(None, _after(rf"what/WP (?:it|he|she|they)/PRP (?:really/RB |truly/RB )?be/VB\S (?::/: |,/, ){_ONE}"), "any", "naming-verb"),
    Frame(None, _after(rf"{_ADV}(?:have/VB\S )?(?:earn|deserve|win|merit|carry|bear)/VB\S [dap]1:(?:name|title|nickname|label|reputation|tag) (?:of|as)/IN {_NP}"), "any", "naming-verb"),
    Frame(None, _after(rf"{_ADV}(?:have/VB\S )?{_ADV}(?:begin|start|end|finish|rule|serve|act|work|operate|emerge|function|live|govern|behave|pose|continue|trade|double|qualify)/VB\S (?:[^ /]+/RP |life/\S+ )?as/IN {_NP}"), "any", "predicate"),
    Frame(None, _after(rf"be/VB\S and/CC (?:will/MD be/VB|remain/VB\S|have/VB\S (?:[^ /]+/RB )*be/VBN) {_ADV}{_ONE}"), "any", "predicate"),
    Frame(None, _after(rf"{_BE}(?:every/DT inch/NN |q1:inch |not/RB (?:only|just|merely)/RB [^ ]+ (?:,/, )?but/CC (?:also/RB )?|what/WP (?:it|he|she|they)/PRP (?:always/RB )?be/VB\S (?::/: |,/, )|what/WP [^ ]+ (?:[^ ]+ )?call/VB\S? ){_ONE}"), "any", "predicate"),
    Frame(None, _after(rf"remain/VB\S what/WP (?:it|he|she|they)/PRP (?:always/RB )?(?:have/VB\S )?(?:always/RB )?be/VB\S (?::/: |,/, ){_ONE}"), "any", "predicate"),
    Frame(_before(rf"(?:\A|,/, |and/CC )(?P<np>a1:[^ ]+ )"), _after(rf"{_ADV}{_BE}{_ADV}{_END}"), "any", "predicate"),
    Frame(None, _after(rf",/, (?:which|whom|who)/W\S+ (?:(?:[^ /]+/(?:DT|JJ|PRP|NNS?|RB|IN) |{_ANY}){{1,3}})(?:have/VB\S )?{_ADV}(?:{_AS_VERBS})/VB\S? (?:of/IN |to/IN )?{_PP}?as/IN {_NP}"), "any", "naming-verb"),
    Frame(_before(r"(?P<np>[ad]1:[^ ]+ )(?:that|which)/\S+ "), _after(rf"{_ADV}(?:have/VB\S {_ADV}(?:become|be)/VBN|be/VB\S|become/VB\S|remain/VB\S) "), "any", "apposition"),
    Frame(_before(r"\Awhat/WP (?:[^ ]+ ){2,7},/, "), _after(rf",/, be/VB\S {_ONE}"), "any", "predicate"),
    Frame(_before(r"\A(?:in|with/?)/IN "), _after(rf"(?:,/, )?(?:{_ANY}|[^ /]+/(?:PRP|DT) )have/VB\S (?:[^ /]+/(?:VBN|RB) )?{_ONE}"), "somebody", "predicate"),
    Frame(_before(r"have/VB\S in/IN "), _after(_ONE), "somebody", "predicate"),
    Frame(_before(rf"\A(?:[^ /]+/RB )?(?:(?:{_PLAIN_VERBS})/VB[ND]|N:(?:brand|dubb|label|call|term|nam|styl)l?ed) {_NP}{_BY}{{0,4}}(?:,/, )"), None, "any", "naming-verb"),
    Frame(None, _after(rf"(?:,/|[^ /]+/:|-LRB-/\S+) (?:[^ /]+/RB )?(?:{_PLAIN_VERBS})/VB[ND] {_BY}{{0,2}}(?P<np>[ao][12]:[^ ]+ )"), "any", "naming-verb"),
    Frame(_before(rf"what/WP (?:[^ ]+ ){{1,4}}(?:{_PLAIN_VERBS})/VB\S? {_NP},/, "), None, "any", "naming-verb"),
    Frame(None, _after(rf"(?:,/, )?(?:in/IN )?what/WP (?:[^ ]+ ){{1,4}}(?:{_PLAIN_VERBS})/VB\S? {_NP}"), "any", "naming-verb"),
    Frame(None, _after(rf"(?:,/, |[^ /]+/: )?(?:{_BE})?{_ADV}refer/VB\S to/\S+ {_PP}?as/IN {_NP}"), "any", "naming-verb"),
    Frame(None, _after(rf"{_ADV}(?:be/VB\S |go/VB\S |appear/VB\S |figure/VB\S |feature/VB\S |stand/VB\S )(?:down/\S+ )?{_PP}{{0,2}}as/IN {_NP}"), "any", "naming-verb"),
    Frame(_before(r"(?:word|name|term|title|label) for/IN "), _after(rf"(?:(?:{_PP})*:/: |{_PP}{{0,2}}{_BE}){_NP}"), "any", "naming-verb"),
    Frame(_before(rf"{_NP}{_IS_NAME}(?:what/WP [^ ]+ (?:call|name)/VB\S? |[ad]1:(?:word|name|term) (?:that/\S+ [^ ]+ [^ /]+/VB\S? )?for/IN )"), None, "any", "naming-verb"),
    Frame(re.compile(r"\A(?:(?!N:)[^ ]+ ){0,4}$"), _after(r"(?:(?!N:)[^ ]+ ){1,10}(?:call|brand|label|dub|term|name)/VB\S? (?:it|them|him|her)/PRP (?P<np>[aod][12]:[^ ]+ )"), "any", "naming-verb"),
    Frame(None, _after(rf"{_ADV}(?:have/VB\S [^ ]+ of/IN |be/VB\S (?:little|nothing|akin|next|tantamount)/\S+ (?:(?:short|else|other|more|less|removed|from|to|but)/\S+ ){{0,2}}(?:of/IN |than/IN |to/\S+ |but/\S+ )?|fit/VB\S [^ ]+ of/IN |answer/VB\S to/IN [^ ]+ of/IN |bear/VB\S [^ ]+ [^ ]* ?of/IN ){_ONE}"), "somebody", "predicate"),
    Frame(None, _after(rf"{_ADV}(?:belong|count|rank|number)/VB\S (?:to/\S+ |among/IN |with/IN |as/IN |in/IN )(?P<np>[doqa][12]:[^ ]+ )"), "somebody", "predicate"),
    Frame(_before(rf"(?:by|with|from|against|of|to)/\S+ (?P<np>a1:[^ ]+ ){_PP}?,/, "), _after(r"(?:,/, (?!and/|or/)|[^ /]+/[.:])"), "somebody", "apposition"),
    Frame(None, _after(rf":/: (?P<np>[aod][12]:[^ ]+ )"), "somebody", "apposition"),
    Frame(_before(rf"(?:\A|/VB[DZPN] |,/, )(?P<np>[dp]1:[^ ]+ )(?:(?:that|which|who|whose|where)/\S+ (?:(?!N:@|,/)[^ ]+ ){{1,9}}|[^ /]+/VB[NG] (?:(?!N:@|,/)[^ ]+ ){{1,6}}),/, "), _after(r"(?:,/, (?!and/|or/)|[^ /]+/[.:])"), "any", "apposition"),
    Frame(_before(rf"{_NP}(?:(?:that|which|whom)/\S+ )?(?:[^ /]+/PRP |{_ANY}){_ADV}(?:have/VB\S )?(?:call|name|dub|know|term|style|describe)/VB\S? {_PP}?(?:to/\S+ )?(?:as/IN )?"), None, "any", "apposition"),
    Frame(_before(rf"{_NP}(?:[^ /]+/VBG )?(?:by|under|with|of)/IN "), None, "by name", "apposition"),
    Frame(_before(rf"what/WP (?:(?!N:@|,/)[^ ]+ ){{1,8}}"), _after(rf"(?:(?!N:@|,/)[^ ]+ ){{0,5}}?(?:,/, )?be/VB[DZP] {_ADV}{_ONE}"), "somebody", "predicate"),
    Frame(None, _after(r"[^ /]+/POS (?P<np>p2:[^ ]+ )"), "member", "head"),
    Frame(_before(r"(?P<np>d[12]:[^ ]+ )of/IN "), None, "sort", "head"),
    Frame(_before(rf"\A(?:[^ ]+ ){{0,2}}(?:one|some|last|first)/\S+ (?:of|among)/IN {_MANY}{_PP}{{0,2}},/, "), _CLOSES, "somebody", "apposition"),
    Frame(_before(rf"{_NP}{_PP}?,/, as/IN "), _after(rf"(?:(?:like|prefer|love|have|use)/VB\S (?:[^ /]+/VBN )?to/TO be/VB |be/VB\S {_ADV})(?:know|call)/VB"), "any", "naming-verb"),
    Frame(_before(rf"{_NP}{_PP}?,/, as/IN (?:[^ /]+/(?:PRP|DT|JJ) |{_ANY}){_ADV}(?:call|know)/VB\S? "), None, "any", "naming-verb"),
    Frame(_before(r"\A[^ /]+/IN (?:[dp]1:[^ ]+ of/IN )?"), _after(rf"(?:,/, )?{_ONE}[^ /]+/VB[ZDP]"), "rule", "predicate"),
    Frame(None, _after(rf"{_ADV}(?:live|groan|suffer|answer|bow|obey|submit|kneel|belong|sigh|labour)/VB\S (?:(?:under|to|before)/\S+ )?{_NP}"), "rule", "predicate"),
    Frame(_before(r"\A[dpa]1:[^ ]+ (?:(?!N:@)[^ ]+ ){0,8},/, "), _after(rf",/, {_BE}{_ADV}{_ONE}"), "any", "predicate"),
    Frame(None, _after(r",/, (?:o1:[^ ]+ ,/, )*o1:[^ ]+ (?:,/, )?and/CC (?P<np>o1:[^ ]+ ),/"), "somebody", "apposition"),
    Frame(None, _after(r",/, o1:[^ ]+ ,/, (?P<np>o1:[^ ]+ )(?:,/, )?and/CC o1:[^ ]+ ,/"), "somebody", "apposition"),
    Frame(None, _after(rf"(?:,/, |{_BE})[ad]1:[^ ]+ turn/VB\S (?P<np>[oa][12]:[^ ]+ )"), "any", "predicate"),
    Frame(_before(rf"{_NP}{_ADV}(?:call|name|dub|style)/VB[ND] "), None, "any", "apposition"),
    Frame(None, _after(rf",/, (?:which|whom|who)/W\S+ (?:{_ANY})?(?:[oq][12]:(?:regard|call|see|view|describe|label|brand) )(?:as/IN )?{_NP}"), "any", "naming-verb"),
    Frame(None, _after(r"(?P<np>o1:[^ ]+ )(?!of/)"), "deed", "head"),
    Frame(_before(rf"{_NP}{_PP}{_ADV}(?:know|call|name|dub)/VB[ND] {_PP}?(?:as/IN )?"), None, "any", "apposition"),
    Frame(None, _after(rf",/, as/IN {_NP}{_PP}?(?:be/VB\S )?(?:know|call)/VB"), "any", "naming-verb"),
    Frame(None, _after(rf",/, (?:in/IN [dp]1:(?:role|capacity|function) )?as/IN (?P<np>[oad]1:[^ ]+ )(?!N:|[^ /]+/VB[DZP])"), "somebody", "apposition"),
    Frame(None, _after(rf"in/IN [dp]1:(?:role|capacity|function) as/IN {_NP}"), "any", "apposition"),
    Frame(None, _after(rf",/, (?:act|serve|work|pose|function|operate)/VBG as/IN {_NP}"), "any", "predicate"),
    Frame(_before(rf"\A(?:act|serve|work|pose|function|operate)/VBG as/IN {_NP}{_PP}{{0,2}},/, "), None, "any", "predicate"),
    Frame(_before(rf"{_NP}{_PP}?,/, (?:which|who|that)/\S+ be/VB\S "), None, "somebody", "apposition"),
    Frame(_before(r"have/VB\S (?P<np>[ad]1:[^ ]+ )in/IN "), None, "person", "predicate"),
    # it is a militant group: who has just been named
    Frame(re.compile(r"\A$"), _after(rf"(?:(?!N:)[^ ]+ ){{1,9}}(?::/: |;/: |,/, but/CC |;/, )(?:it|he|she|they)/PRP {_BE}{_ADV}{_ONE}"), "any", "predicate"),
    Frame(_before(rf"\A{_ONE}(?:be/VB\S )?what/WP "), _after(_IS_NAME), "any", "predicate"),
]
def _any_of(patterns: Iterable[re.Pattern[str] | None]) -> re.Pattern[str]:
    """Return a pattern that matches where any of these does: quicker to ask first, as most names stand in no frame."""
    texts = dict.fromkeys(p.pattern.replace("(?P<np>", "(?:") for p in patterns if p is not None)
    return re.compile("|".join(f"(?:{text})" for text in texts))


_BEHIND = [frame for frame in _FRAMES if frame.before is None]
_OPENINGS = [f for f in _FRAMES if f.before is not None and f.before.pattern.startswith(r"\A")]
_AHEAD = [f for f in _FRAMES if f.before is not None and not f.before.pattern.startswith(r"\A")]
_ANY_BEHIND = _any_of(f.after for f in _BEHIND)
_ANY_OPENING = _any_of(f.before for f in _OPENINGS)
_ANY_AHEAD = _any_of(f.before for f in _AHEAD)
_ASIDE = re.compile(
    r"-LRB-/\S+ (?:[^ ]+ ){1,6}-RRB-/\S+ |,/, (?:which|who|that)/W\S+ |,/, (?:(?!,/)[^ ]+ ){1,6},/, (?=[^ /]+/(?:VB|RB))"
)
"""What may stand between a name and its verb: `(XF)`, `, which`, `, as ever,`."""
_DEEDS = frozenset(
    ["accord", "agreement", "treaty", "pact", "deal", "levy", "tax", "act", "law", "charge", "protocol", "plan", "bill", "duty"]
) | frozenset(["surrender", "contribution", "breakthrough", "measure", "reform", "scheme", "fee", "programme", "program"])
"""Nouns that may say once more what a name ends with: `the Corvan Accord agreement`."""
_SORTS = frozenset({"movement", "group", "organization", "organisation", "network", "militia", "outfit", "gang", "family", "clan", "band"})
_OTHERS = frozenset({"other", "any", "every", "all", "many", "most"})
_DENIED = re.compile(
    r"(?<![^ ])(?:(?:not|n't|never|nobody|hardly|scarcely|deny|refuse|decline|stop|avoid|cease|fail|without|if|whether"
    r"|wrong|unfair|nor|neither|rather|longer|no|none|few)/(?!RB (?:only|just|merely)/|(?:RB|DT) less/)"
    r"|x[12]:|[^ ]+:(?:nobody|none|mistake|lie|error|nonsense|few) |[^ ]+/MD (?!be/VB what/))"
)


def frame_labels(sentence: Sentence, head: int, chunks: Chunks) -> Iterator[Label]:
    """Yield the labels of the name at token `head` by the frame that it stands in."""
    if chunks.chunks[chunks.of_token[head]].head != head or sentence.parse.text.rstrip("\"”’' ").endswith("?"):
        return
    before, after = chunks.around(head)
    at = chunks.of_token[head]
    if (head + 1 < len(sentence.parse.tags) and sentence.parse.tags[head + 1] in NOUNS) or sentence.compound(head) != (head, head):
        before = ""  # `the senior X adviser`, `pro-X fighters`
    tail = "".join(chunks.words[max(at - _FARTHEST, 0) : at]) if before else ""
    frames = [*(_OPENINGS if _ANY_OPENING.match(before) else ()), *(_AHEAD if _ANY_AHEAD.search(tail) else ())]
    yield from _in_frames(sentence, head, chunks, frames, before, after)
    if _ANY_BEHIND.match(after):
        yield from _in_frames(sentence, head, chunks, _BEHIND, before, after)
    aside = _ASIDE.match(after)
    if aside is not None and _ANY_BEHIND.match(after[aside.end() :]):
        yield from _in_frames(sentence, head, chunks, _BEHIND, before, after[aside.end() :])


def _in_frames(
    sentence: Sentence, head: int, chunks: Chunks, frames: Iterable[Frame], before: str, after: str
) -> Iterator[Label]:
    n_chunks = len(chunks.chunks)
    for frame in frames:
        first = frame.before.search(before) if frame.before else None
        last = frame.after.match(after) if frame.after else None
        if (frame.before and first is None) or (frame.after and last is None):
            continue
        if first is not None and "np" in first.re.groupindex:
            chunk = chunks.chunks[before.count(" ", 0, first.start("np"))]
            between = before[first.start() :]
        elif last is not None:
            chunk = chunks.chunks[n_chunks - after.count(" ", last.start("np"))]
            between = before + last.group()
        else:
            continue
        if _DENIED.search(between) or not _may_label(sentence, chunk, head, frame.nouns):
            continue
        for label in chunks.labels(chunk, frame.kind):
            yield label._replace(kind="modifier") if frame.kind == "head" and label.last != chunk.head else label


def opening_labels(sentence: Sentence, head: int, chunks: Chunks) -> Iterator[Label]:
    """Yield `terrorist group` for `Terrorist group X shells Y`, and `militia` for `the Shiite militia X`.

    Whatever the parse of a headline, or of a text without commas, makes of it. For bodies alone, but where the phrase
    opens the sentence: `the company that X keeps` may have lost its `that`.
    """
    chunk = chunks.chunks[chunks.of_token[head]]
    tags, lemmas = sentence.parse.tags, sentence.parse.lemmas
    noun = head - 1
    if chunk.head != head or noun <= chunk.first or tags[noun] != "NN":
        return
    if sentence.compound(head) != (head, head) or sentence.compound(noun) != (noun, noun):
        return
    is_body = lemmas[noun] in BODY_NOUNS or lemmas[noun] in COLLECTIVE_NOUNS | PLACE_NOUNS or noun in sentence.generics
    if not (is_body and not is_person(sentence, head)) and not (chunk.first == 0 and lemmas[noun] in _SOMEBODY):
        return
    begin = max((t + 1 for t in range(chunk.first, noun) if tags[t] in ("NNS", "NNP", "NNPS")), default=chunk.first)
    yield from chunks.labels(chunk._replace(first=begin), "modifier")


def _may_label(sentence: Sentence, chunk: Chunk, head: int, nouns: str) -> bool:
    lemma = sentence.parse.lemmas[chunk.head]
    if nouns == "deed":
        name = sentence.original_word(head).split()
        return len(name) > 1 and name[-1].lower() in _DEEDS and lemma in _DEEDS and chunk.first == head + 1
    if nouns == "person" and not is_person(sentence, head):
        return False
    if nouns == "sort":
        return lemma in _SORTS and not is_person(sentence, head)
    if nouns == "by name":
        return sentence.parse.lemmas[head - 1] == "name" and chunk.last < head - 2
    if nouns == "such" and sentence.parse.lemmas[chunk.first] != "such":
        return False
    if nouns == "member" and chunk.first > head:
        if sentence.compound(head) != (head, head) or any(
            sentence.parse.tags[t] in _FINITE or (t < chunk.head and sentence.parse.tags[t] == "NNS")
            for t in range(chunk.first, chunk.head)
        ):
            return False  # `pro-X fighters`, `X army chief inspects troops`
    if nouns == "member" and chunk.first > head and sentence.parse.tags[chunk.first] == "VBN":
        return sentence.parse.lemmas[chunk.first] == "arm"  # not `X arrested smugglers`
    if nouns == "member":
        member = lemma in MEMBER_NOUNS or lemma in ARMED_BODIES or chunk.head in sentence.generics
        return member and not is_person(sentence, head)
    if nouns == "rule":
        return lemma in RULE_NOUNS
    if nouns == "other" and sentence.parse.lemmas[chunk.first] not in _OTHERS:
        return False
    if nouns == "shared":
        if (lemma not in _SOMEBODY and chunk.head not in sentence.generics) or lemma in COLLECTIVE_NOUNS:
            return False
        first = chunk.last + 2
        return sentence.parse.tags[first] in ("JJ", "RB", "VBN") and chunk.last + 1 < first < head
    if nouns == "any":
        return True
    return lemma in _SOMEBODY or chunk.head in sentence.generics or lemma.endswith(_PERSON_ENDINGS)


_STATE_BEFORE = re.compile(r"\A(?:[^ /]+/RB )*(?P<state>[^ /]+/(?:VBN|VBD|JJ) )(?:(?!,/)[^ /]+/(?!VB[DZP])\S+ ){0,6},/, (?:[dao]1:[^ ]+ of/IN )?$")
_STATE_AFTER = re.compile(
    r"\A(?:(?:,/,|[^ /]+/:|-LRB-/\S+) (?:[^ /]+/RB |for/IN \S+ )?"
    r"|(?:,/, )?(?:be/VB[DZP] |remain/VB[DZP] |stay/VB[DZP] |have/VB\S (?:[^ /]+/RB )*(?:be|remain)/VBN )(?:(?!not/|n't/|never/)[^ /]+/RB )*)"
    r"(?P<state>[^ /]+/(?:VBN|VBD|JJ) )"
)


def state_labels(sentence: Sentence, head: int) -> Iterator[Label]:
    """Yield `besieged` for `X, besieged since March,`, `X remains besieged` and `Besieged since March, X`."""
    if STATES.isdisjoint(sentence.words) or head not in sentence.names:
        return
    tags = sentence.parse.tags
    before = shape(sentence, 0, head)
    states = []
    match = _STATE_BEFORE.match(before) if head < _REACH else None
    if match:
        states.append(before.count(" ", 0, match.start("state")))
    behind = shape(sentence, head + 1, head + 1 + _REACH)
    match = _STATE_AFTER.match(behind)
    if match:
        states.append(head + 1 + behind.count(" ", 0, match.start("state")))
    # `reached occupied and hungry X`
    token = head - 1
    while token >= 0 and tags[token] in ("JJ", "CC", "VBN", "VBD", "RB", ","):
        states.append(token)
        token -= 1
    if "CC" not in tags[token + 1 : head] or (token >= 0 and tags[token] not in ("IN", "DT", "VB", "TO")):
        states = [t for t in states if t >= head or t < token + 1]
    for token in states:
        if sentence.parse.lemmas[token] in STATES:
            label = sentence.label(token, "modifier")
            if label is not None:
                yield label._replace(text=sentence.parse.word(token).lower())
