"""Closed classes of English words that the readers need: what kind of word it is, never whose side it is on."""

from __future__ import annotations


def words(*lines: str) -> frozenset[str]:
    """Return the words of some lines, which spaces part."""
    return frozenset(word for line in lines for word in line.split())


TITLES = words(
    "mr mrs ms miss mx dr prof professor sir dame lord lady king queen prince princess emir sultan sheikh imam",
    "ayatollah pope bishop archbishop rabbi rev reverend father sister brother president pres premier",
    "chancellor secretary sec minister ambassador senator sen congressman congresswoman representative rep gov",
    "governor mayor judge justice chief chairman chairwoman chair speaker general gen lieutenant lt colonel col",
    "major maj captain capt commander cmdr admiral adm brigadier brig sergeant sgt marshal corporal cpl officer",
    "sheriff director commissioner attorney deputy vice comrade brother leader spokesman spokeswoman",
)
"""Words that stand before a person's name without being part of it, in lower case and without a full stop."""

TITLES_OF_MEN = words("mr sir lord king prince")
TITLES_OF_WOMEN = words("mrs ms miss dame lady queen princess")
"""Titles that tell two people of one surname apart."""

POST_NOMINALS = words(
    "MP MEP MSP MS MLA MHA MPP MNA TD QC KC SC JP MD PhD DPhil MBA JD LLM LLB CPA RN Esq OBE CBE MBE KBE DBE OM CH FRS",
    "FBA SJ OP OFM USN USMC USAF RAF AM AO AC ONZM",
)
"""Letters behind a person's name, which are no part of it."""

PARTY_WORDS = words("gop dem tory")
"""Short names of parties that say of which kind somebody is: `GOP Sen. X`."""

FUNCTION_WORDS = words(
    "a an the this that these those my your his her its our their whose which what who whom i you he she it we",
    "they me him us them and or but nor so yet for if while when where why how as since because although though",
    "unless until before after once whether than of in on at by to from with without within about above across",
    "against along among around behind below beneath beside besides between beyond despite down during except",
    "inside into like near off onto out outside over past per through throughout toward towards under",
    "underneath up upon via versus vs not no never neither either both each every all any some such there here",
    "then now also even only just still again too very more most much many few is are was were be been being am",
    "has have had do does did will would shall should can could may might must says said say asked told whose",
    "let lets did unlike amid meanwhile however yesterday today tomorrow later earlier soon perhaps maybe",
    "yes ok well oh today's one two three four five six seven eight nine ten first second third last next once",
    "again often always ever soon already both half many much instead rather otherwise though yesterday's",
)

DAYS_AND_MONTHS = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august",
    "september october november december jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu",
    "thurs fri sat sun",
)

NUMBER_WORDS = words(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen",
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety",
)

NO_LABELS = words(
    "other another such same several many few more most own certain various different entire whole total first",
    "second third last next latest late early least less much further additional likely apparent alleged single",
    "main new previous current recent overall average individual particular respective numerous countless",
    "dozen score hundred thousand million billion only very mere sheer actual possible potential real one two",
    "lot number rest kind sort type part some all half majority minority thing way case reason time day week",
    "month year ten five four three six seven eight nine anti pro non ex remaining following nearby northern",
    "southern eastern western northeastern northwestern southeastern southwestern north south east west central",
    "alone together present then estimated unidentified unnamed unknown fellow top percent pct century",
    "decade something someone caption image photo photograph video medium copyright presidency campaign name nothing",
    "anything everything acronym abbreviation initials little",
)
"""Lemmas that say nothing about the one they stand with: they are never labels."""

FAITHS = words(
    "islamic muslim sunni shia shiite shi'ite salafi salafist wahhabi alawite druze yazidi ismaili sufi christian",
    "catholic protestant orthodox evangelical jewish hindu buddhist sikh maoist marxist",
)
"""Adjectives of faith and creed, which say of what kind somebody is and not whose."""

LIGHT_NOUNS = words(
    "group organization organisation element member man woman people person individual side party body entity",
)
"""Nouns that carry no label of their own inside an alias of several words (`terrorist groups` → terrorist)."""

MEMBER_NOUNS = words(
    "fighter militant terrorist rebel insurgent gunman jihadist jihadi jihadis extremist islamist radical",
    "mercenary guerrilla guerilla soldier troop warrior combatant separatist fanatic fundamentalist",
    "thug criminal gangster bandit outlaw murderer killer butcher invader occupier aggressor intruder",
    "oppressor hero martyr freedom-fighter revolutionary activist protester protestor demonstrator dissident",
    "militiaman infidel takfiri traitor collaborator operative sniper attacker assailant hijacker pirate",
    "raider smuggler remnant crusader volunteer recruit cadre hardliner patriot partisan paramilitary",
    "nationalist communist fascist nazi zionist supremacist racist vigilante puppet stooge proxy",
)
"""Nouns for those who make up a group: `X fighters` are X."""

BODY_NOUNS = words(
    "group organization organisation faction force army militia brigade battalion movement network gang cell",
    "band regime government administration authority dictatorship junta party alliance coalition front outfit",
    "entity cartel clan tribe cult sect state republic caliphate emirate mafia mob rabble horde clique cabal",
    "syndicate opposition resistance military troops forces guard police navy corps contingent unit squad",
    "underground wing branch affiliate offshoot franchise monarchy kingdom empire",
    "theocracy democracy autocracy",
)
"""Nouns for the body itself: `the X regime` is X."""

GROUP_HEADS = MEMBER_NOUNS | BODY_NOUNS - words(
    "wing branch sect state guard police unit squad navy corps side opposition"
)
"""Those that label the one whose name stands before them."""

ATTACHED_NOUNS = words(
    "commander leader chief spokesman spokeswoman spokesperson official representative delegate delegation",
    "negotiator source activist figure supporter sympathizer sympathiser ally backer sponsor family fugitive",
    "suspect prisoner detainee captive hostage boss head founder emir ideologue recruiter financier cleric",
    "bomber member element leadership command council committee bloc camp chairman politician lawmaker candidate",
    "casualty victim defector returnee loyalist ranks rank side team personnel crew mastermind ringleader accomplice",
)
"""Nouns for persons of a group: `rebel commander` names the rebels, but X's commander is not X."""

PERSON_NOUNS = words(
    # relations
    "ally aunt brother buddy colleague cousin daughter enemy father foe friend heir heiress husband mentor mother",
    "neighbor neighbour nemesis opponent pal partner predecessor protege rival sister son successor uncle widow",
    "wife",
    # roles
    "actor actress adviser advisor aide analyst architect artist athlete author banker baron billionaire blogger",
    "boss broadcaster builder businessman businesswoman candidate celebrity challenger champion chef chief cleric",
    "coach columnist comedian commentator consultant contender contractor correspondent dealer developer diplomat",
    "doctor donor economist editor engineer entrepreneur envoy executive expert explorer farmer favorite",
    "favourite financier founder frontrunner front-runner gambler guru historian hopeful host icon incumbent",
    "industrialist insider inventor investigator investor journalist kingmaker kingpin lawmaker lawyer legend",
    "lobbyist magnate maverick mediator merchant millionaire mogul monarch musician negotiator newcomer nominee",
    "novelist official oligarch operator organizer organiser outsider owner pastor patriarch patron peacemaker",
    "philanthropist philosopher pioneer player poet policeman politician pollster preacher president-elect priest",
    "producer prosecutor pundit reformer reformist regulator reporter researcher ruler salesman scholar scientist",
    "singer socialite spokesperson sponsor star statesman stateswoman strategist strongman student superstar",
    "surgeon surrogate teacher technocrat trader tycoon underdog upstart veteran visionary warlord whistleblower",
    "winner writer",
    # praise and blame
    "autocrat benefactor bigot bully charlatan cheat clown coward crook crony demagogue despot devil dictator dupe",
    "egomaniac failure felon fool fraud genius hawk hypocrite idiot idol impostor imposter lackey liar liberator",
    "loser lunatic madman maniac mastermind menace misogynist moderate monster moron narcissist parasite pariah",
    "patriot populist predator profiteer psychopath rapist ringleader rogue saint savior saviour scoundrel socialist",
    "swindler thief troll tyrant villain weakling xenophobe zealot conservative liberal progressive democrat",
    "republican centrist guy girl boy scion",
)
"""Nouns for one person (or one that acts like a person), that may stand right before the name."""

COLLECTIVE_NOUNS = words(
    "nation country city firm company giant power superpower monopoly conglomerate agency"
)
"""Nouns for places and firms that may stand right before the name."""

RULE_NOUNS = words(
    "regime government administration authority dictatorship junta clique republic monarchy kingdom caliphate",
    "emirate theocracy autocracy democracy",
)
"""Nouns for who rules: `X's regime` and `the regime of X` name X."""

ARMED_BODIES = words("force army militia gang mob mafia junta")
"""Nouns for a body that `of` gives to its owner: `the forces of X` are X, `a branch of X` is a part of it."""

RULING_VERBS = words("rule govern run lead head")

PLACE_NOUNS = words(
    "town city village port province district region capital island country state nation enclave suburb",
    "stronghold bastion harbour harbor quarter settlement hub outpost fortress garrison resort county municipality",
    "hamlet township metropolis",
)
"""Nouns that mean the same as the place after `of`: `the besieged town of X`."""

ALL_GROUP_NOUNS = MEMBER_NOUNS | BODY_NOUNS | ATTACHED_NOUNS

NAMING_VERBS = words("call brand label dub term deem declare proclaim nickname style christen")
"""Verbs that give their object a name: `called X a gang`."""

NAMING_VERBS_AS = words(
    "describe designate label brand regard view see characterize characterise denounce condemn decry portray",
    "depict classify blacklist list refer know recognize recognise identify define dismiss treat paint deride",
    "cast consider count declare term dub frame slam proscribe ban mark vilify hail praise",
)
"""Verbs that give a name with `as`: `described X as a gang`."""

NAMING_VERBS_PLAIN = NAMING_VERBS | words("designate consider name find think believe judge rule")
"""Verbs whose object may be followed by its name without `as`: `designated X a terrorist group`."""

STATES = words(
    "occupy besiege divide liberate encircle blockade annex conquer outlaw ban disgrace embattle exile beleaguer",
    "occupied besieged divided liberated encircled blockaded annexed conquered outlawed banned disgraced embattled",
)
"""Verbs whose participles say in what state somebody is, and what parsers may leave of them: `besieged X`."""

SO_CALLED = words(
    "so-called self-styled self-proclaimed self-declared self-described would-be purported",
    "alleged supposed ostensible",
)
"""Words by which an outlet keeps away from the name that follows: labels, for all that NO_LABELS may say."""

COPULAS = words("be remain become stay constitute represent prove")

COPULAS_RAISING = words("prove continue turn go come")
"""Verbs that are one with `to be` after them: `proved to be a militia`."""

COPULAS_AS = words("act serve function work operate emerge")
"""Verbs that say with `as` what their subject is: `acts as a mediator`."""

COPULAS_INTO = words("turn grow evolve morph transform develop degenerate mutate")
"""Verbs that say with `into` what their subject has become: `turned into a militia`."""

FALSE_WORDS = words(
    "wrong false untrue unfair mistake mistaken misleading inaccurate incorrect absurd nonsense lie myth"
)
"""Words that say of a name that it is not the right one: `it is wrong to call X a gang`."""

HYPOTHETICAL = words("could would might may should")

REFUSALS = words(
    "refuse decline fail stop avoid deny reject refrain cease hesitate forget neglect oppose dispute",
)
"""Verbs that take back what follows: `refused to call X terrorists` calls them nothing."""

REPORTING_VERBS = words(
    "say tell report state declare announce add note remark comment mention observe explain reply answer respond",
    "claim argue maintain contend assert insist affirm reaffirm reiterate repeat stress emphasise emphasize",
    "underline underscore suggest hint imply allege charge complain protest object counter warn caution threaten",
    "predict forecast promise vow pledge swear boast brag joke quip admit acknowledge concede confess confirm deny",
    "dispute reject reveal disclose recall recount testify write tweet post quote cite ask wonder propose recommend",
    "urge believe think suspect fear hope feel expect doubt estimate speculate agree disagree conclude",
)
"""Verbs whose clause is what somebody says or thinks, whatever one may think of them for it."""

RAISING_VERBS = words("say report allege believe think claim suspect estimate rumour rumor expect feel")
"""Those of whose clause the subject may go before them: `X is said to have fled`."""

ADDRESSING_VERBS = words("tell ask urge warn recommend caution")
"""Those whose object may be the one who is spoken to: `told X to leave`."""

REPORTING_NOUNS = words(
    "claim allegation accusation assertion statement report suggestion warning admission denial argument charge",
    "belief view opinion fear hope rumour rumor complaint insistence announcement declaration promise",
)
"""Nouns whose that-clause is what somebody says or thinks: `the claim that X fled`."""

JUDGING_VERBS = words(
    "accuse blame criticise criticize condemn denounce decry deplore berate rebuke chide scold fault deride mock",
    "ridicule slam lambast lambaste castigate vilify disparage insult",
    "praise laud hail applaud commend compliment extol extoll acclaim congratulate salute thank credit celebrate",
    "call brand label dub term describe characterise characterize portray depict liken compare",
)
"""Verbs that say what somebody thinks of their object, for blame, for praise and for either."""
