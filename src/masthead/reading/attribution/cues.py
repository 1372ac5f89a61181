"""Words that give words, thoughts or intentions to somebody, with the stance that each takes.

The lists are of general English, and even-handed: what praises stands beside what blames. A verb is listed
by what it may be followed by, since `want a deal`, `want to go` and `say that` are attributions where
`say a prayer` is none.
"""

from __future__ import annotations

from typing import Literal, get_args

from masthead.reading.lexicon import words

Stance = Literal[
    "said",
    "asked",
    "claimed",
    "admitted",
    "denied",
    "vowed",
    "warned",
    "urged",
    "praised",
    "criticised",
    "showed",
    "thought",
    "felt",
    "intended",
]
"""How a cue presents what it introduces, without saying whether it is true.

said: neutral speech and writing, `according to` included. asked: a question. claimed: speech whose truth the
cue leaves open or presses (claim, argue, insist, allege). admitted: speech against one's own interest. denied:
speech that rejects what another holds. vowed: a promise. warned: of something to come. urged: a demand, request or
proposal. praised, criticised: a judgement in words. showed: what a document, a study or a poll says.
thought: belief and knowledge. felt: liking, fear, doubt, support or opposition that need not have been put in
words. intended: a wish, a plan or a decision.
"""

STANCES: tuple[Stance, ...] = get_args(Stance)

SPOKEN: frozenset[Stance] = frozenset(STANCES) - {"thought", "felt", "intended"}
"""The stances of what was said or written."""


_SAYING: dict[Stance, frozenset[str]] = {
    "said": words(
        "say tell add state write report note remark comment mention observe explain reply answer respond announce",
        "declare tweet retweet post blog reiterate repeat recall recount relate describe continue quip joke",
        "mutter whisper shout yell scream cry exclaim murmur sigh laugh begin conclude testify read quote cite",
        "email text message inform notify brief advise confide elaborate clarify specify detail summarize summarise",
        "chime interject interrupt counter respond retort narrate reason sing chant intone opine muse reflect",
        "point go offer volunteer caption title headline print publish air broadcast communicate convey express",
        "utter voice articulate outline list teach reminisce reference echo paraphrase recite dictate phrase",
        "remind reassure assure signal disclose reveal announce unveil relay preach lecture pronounce proclaim",
        "introduce underline underscore stress emphasize emphasise highlight agree confirm affirm reaffirm attest",
        "certify concur rule find determine discover learn hear",
    ),
    "asked": words("ask wonder question inquire enquire query demand interrogate quiz poll"),
    "claimed": words(
        "claim argue insist contend assert maintain allege charge purport profess posit submit suggest imply",
        "insinuate hint boast brag exaggerate accuse speculate rumor rumour theorize theorise hypothesize",
        "hypothesise lie pretend stipulate intimate object protest complain rant rail fume gripe",
        "grumble lament bemoan sniff scoff huff snap joke jest tease taunt rage vent gush rave",
    ),
    "admitted": words("admit acknowledge concede confess own grant allow"),
    "denied": words("deny refute dispute rebut repudiate disavow contradict disclaim disagree negate"),
    "vowed": words("vow promise pledge swear guarantee commit"),
    "warned": words("warn caution threaten predict forecast project foresee prophesy alert fear"),
    "urged": words(
        "urge exhort implore beg plead recommend propose advocate suggest request order instruct command direct",
        "appeal call encourage invite challenge lobby press counsel prod pressure dare persuade convince",
    ),
    "praised": words("hail tout"),
    "criticised": words("decry criticize criticise"),
    "showed": words(
        "show indicate demonstrate illustrate reflect estimate calculate reveal prove document confirm",
    ),
    "thought": words(
        "think believe know feel guess assume suppose presume expect imagine understand realize realise recognize",
        "recognise suspect consider reckon conclude figure gather anticipate remember forget doubt judge deem hold",
        "infer surmise sense perceive fathom bet concede dream envision accept appreciate see notice decide worry",
        "trust foresee ignore",
    ),
    "felt": words("hope wish fear regret care love like hate marvel dread"),
    "intended": words("decide resolve intend plan agree choose"),
}
"""Verbs that a clause may follow (`say that`, `wonder whether`), or that may stand beside a quotation."""

_INTENDING: dict[Stance, frozenset[str]] = {
    "intended": words(
        "want hope plan intend decide wish aim seek expect choose refuse decline resolve aspire mean opt elect",
        "prepare propose prefer agree long yearn desire determine desperate hesitate",
    ),
    "felt": words("like love hate fear prefer dread"),
    "vowed": words("vow promise pledge swear threaten offer commit guarantee undertake volunteer"),
    "claimed": words("claim pretend profess purport"),
    "thought": words("expect consider"),
    "urged": words("ask demand request"),
}
"""Verbs that an infinitive of their subject's may follow: `vow to go`."""

_ADDRESSING: dict[Stance, frozenset[str]] = {
    "urged": words(
        "tell ask urge order advise invite encourage instruct direct command beg implore exhort challenge press",
        "request recommend warn remind counsel lobby plead push persuade appeal call forbid dare pressure caution",
    ),
}
"""Verbs that a person and an infinitive of that person's may follow: `urge X to go`."""

_OF_SOMETHING: dict[Stance, frozenset[str]] = {
    "said": words(
        "announce describe explain mention note discuss cite reveal disclose recall recount detail outline",
        "unveil declare state report repeat reiterate address reference stress emphasize emphasise highlight",
        "underscore underline echo quote post express voice articulate invoke summarize summarise",
        "list specify relate convey confirm affirm reaffirm issue tell say",
        "publish recite compare liken characterize characterise depict portray paint frame equate",
    ),
    "asked": words("question ask"),
    "claimed": words("claim allege suggest argue contend assert insinuate imply"),
    "admitted": words("admit acknowledge concede confess"),
    "denied": words(
        "deny reject dismiss dispute refute rebut repudiate disavow contradict disown downplay counter"
    ),
    "vowed": words("promise pledge vow guarantee"),
    "warned": words("predict forecast threaten project foresee"),
    "urged": words("urge demand propose recommend advocate request propose order champion promote pitch"),
    "praised": words(
        "praise laud hail applaud commend compliment extol tout celebrate thank congratulate salute credit welcome",
        "cheer honor honour endorse defend justify glorify lionize trumpet",
    ),
    "criticised": words(
        "criticize criticise condemn denounce decry deplore blame accuse slam blast attack assail mock ridicule",
        "deride lambaste lambast bash rip berate rebuke chide scold fault bemoan lament protest insult belittle",
        "disparage hammer knock pan skewer savage trash excoriate castigate chastise admonish vilify demonize",
        "malign smear taunt tease discredit",
    ),
    "showed": words("show indicate demonstrate illustrate document"),
    "thought": words(
        "believe know understand consider expect anticipate remember recognize recognise realize realise suspect",
        "view envision contemplate imagine accept forget doubt trust estimate assume misunderstand",
    ),
    "felt": words(
        "support oppose back favor favour fear like love hate admire respect appreciate regret resent dislike enjoy",
        "loathe detest despise distrust value approve disapprove cherish embrace prefer mourn adore fancy dread",
    ),
    "intended": words("want desire plan intend wish propose"),
}
"""Verbs that a noun may follow as what is said, thought or wanted: `announce a deal`, `fear a war`."""

_WITH_PREPOSITION: dict[Stance, dict[str, str]] = {
    "said": {
        "about": "talk speak say tell write joke tweet ask testify comment hear boast brag read",
        "of": "speak talk tell say write dream hear boast remind inform assure complain warn",
        "to": "refer point allude testify respond react admit",
        "on": "comment elaborate expound focus report reflect opine dwell",
        "with": "agree concur sympathize sympathise",
    },
    "claimed": {
        "about": "complain rant fume gripe grumble lie protest vent",
        "against": "rail argue rant inveigh protest",
    },
    "denied": {"with": "disagree quarrel", "from": "distance", "to": "object", "on": "disagree"},
    "vowed": {"to": "commit"},
    "warned": {"of": "warn", "about": "warn caution", "against": "warn caution advise"},
    "urged": {
        "for": "call push advocate ask press plead argue lobby appeal beg clamor clamour petition campaign",
        "against": "argue advocate lobby campaign",
    },
    "praised": {"of": "approve", "for": "apologize apologise vouch"},
    "criticised": {
        "at": "scoff sneer lash jab swipe laugh fume bristle balk",
        "against": "rail lash",
        "of": "accuse",
    },
    "thought": {"of": "think know conceive", "about": "think know wonder worry learn", "in": "believe"},
    "felt": {
        "about": "worry care agonize fret feel",
        "for": "hope wish yearn long pray root vote",
        "at": "marvel",
        "with": "sympathize",
    },
    "intended": {"on": "decide settle insist", "for": "hope wish opt", "against": "decide vote"},
}
"""Verbs whose preposition leads to what is said: `call for a vote`."""

_CALLING: dict[Stance, frozenset[str]] = {
    "said": words(
        "call label brand dub term describe characterize characterise portray depict name declare cast"
    ),
    "thought": words("consider regard see deem think judge find believe"),
    "criticised": words("dismiss denounce condemn mock deride ridicule slam decry blast"),
    "praised": words("hail praise tout"),
}
"""Verbs that say what their object is: `call it a gang`, `describe it as a gang`."""

_NOUNS: dict[Stance, frozenset[str]] = {
    "said": words(
        "statement comment remark announcement report declaration description explanation answer reply response",
        "message reference argument news word suggestion testimony mention account version talk",
    ),
    "asked": words("question"),
    "claimed": words(
        "claim allegation accusation assertion insistence contention complaint charge rumor rumour protest"
    ),
    "admitted": words("admission acknowledgment acknowledgement confession concession"),
    "denied": words("denial rejection refusal dismissal"),
    "vowed": words("promise pledge vow commitment threat guarantee"),
    "warned": words("warning prediction forecast projection caution"),
    "urged": words(
        "call demand request proposal recommendation order plea appeal invitation push advice advocate"
    ),
    "praised": words("praise endorsement defense defence approval"),
    "criticised": words("criticism condemnation attack denunciation critique mockery critic"),
    "showed": words("finding estimate evidence"),
    "thought": words(
        "belief view opinion idea notion assumption expectation thought conviction suspicion feeling sense conclusion",
        "perception understanding judgment judgement stance",
    ),
    "felt": words(
        "hope fear concern worry doubt support opposition love hatred anxiety disdain admiration supporter"
    ),
    "intended": words(
        "decision plan desire intention wish determination willingness intent eagerness reluctance vow"
    ),
}
"""Nouns for a saying or a thought, that a clause, an infinitive or `of`, `for`, `about` may follow."""

_ADJECTIVES: dict[Stance, frozenset[str]] = {
    "thought": words(
        "certain confident convinced aware unaware doubtful skeptical sceptical mindful uncertain"
    ),
    "felt": words(
        "afraid glad happy sorry proud worried concerned hopeful optimistic pessimistic angry upset disappointed",
        "pleased thrilled grateful supportive wary fearful excited nervous surprised frustrated ashamed tired",
        "furious outraged enthusiastic opposed fond leery delighted alarmed shocked dismayed",
    ),
    "criticised": words("critical dismissive"),
    "admitted": words("apologetic"),
    "intended": words("willing eager unwilling reluctant determined keen inclined anxious intent"),
    "said": words("adamant emphatic clear explicit"),
}
"""Adjectives of one who thinks or feels, that a clause, an infinitive or a preposition may follow."""

STATEMENTS = words(
    "statement tweet letter email e-mail post message memo note release speech interview article column op-ed",
    "editorial blog video ad advertisement sign placard banner comment remark report",
)
"""Nouns for what carries words: who issued it speaks by it."""


NO_NAMES = words(
    "correction contributing update updated exclusive video photo photos related watch read note twitter email",
    "facebook clarification editor's summary caption credit source sources copyright tags topics phone address date",
    "time location more warning breaking live total analysis opinion review reviews comment commentary editorial",
    "column listen see explainer profile interview gallery pictures timeline background context fact facts figures",
    "verdict answer question answers questions transcript statement reply response result results score scores weather",
    "tip tips when where what who why how weekend week today tomorrow yesterday monday tuesday wednesday thursday",
    "friday saturday sunday published posted filed edited editing reporting written report reported by",
    "special series part chapter step key headline headlines conclusion introduction example examples ps",
    "disclosure disclaimer advertisement crosstalk applause laughter subject re from to cc attn tel fax web website",
    "price cost venue cast director rating wait",
)
"""Words before a colon at the start of a paragraph that are no speakers."""


def _by_word(table: dict[Stance, frozenset[str]]) -> dict[str, Stance]:
    """Return each word with its stance; where a word is listed twice, the first counts."""
    by_word: dict[str, Stance] = {}
    for stance, members in table.items():
        for word in sorted(members):
            by_word.setdefault(word, stance)
    return by_word


SAYING = _by_word(_SAYING)
INTENDING = _by_word(_INTENDING)
ADDRESSING = _by_word(_ADDRESSING)
OF_SOMETHING = _by_word(_OF_SOMETHING)
CALLING = _by_word(_CALLING)
NOUNS = _by_word(_NOUNS)
ADJECTIVES = _by_word(_ADJECTIVES)
WITH_PREPOSITION: dict[tuple[str, str], Stance] = {
    (verb, preposition): stance
    for stance, verbs in _WITH_PREPOSITION.items()
    for preposition, line in verbs.items()
    for verb in line.split()
}
