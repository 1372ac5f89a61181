"""How sentences open that stand around an article: English words, an aid beside what repetition tells anywhere."""

from __future__ import annotations

import re

_NOTE = r"(?:article|story|text|post|report|column|piece|headline|page|item|transcript|caption)"

CORRECTION = rf"""
    corrections?(?:[ ](?:&|and)[ ](?:amplifications|clarifications)|[ ]appended)?
      (?:,[ ][^:.]{{3,20}}:|[ ]?[:.(—–-]|\s*$|[ ]\(?\d)
  | (?:clarifications?|erratum)(?:[ ]?[:.(—–-]|\s*$|[ ]\(?\d)
  | (?:editors?|publisher)['’]?s?['’]?[ ]note(?:[ ]?[:.(—–-]|\s*$)
  | (?:update|note)[ ]?:?[ ](?:this|an?)[ ](?:(?:earlier|previous)[ ])?(?:version|{_NOTE})\b
  | (?:an|the|a)[ ](?:earlier|previous|original|prior|initial)[ ]version[ ]
    (?: of[ ](?:this|the)[ ]{_NOTE}\b
      | (?:(?:incorrectly|wrongly|mistakenly)[ ])?
        (?:said|described|called|stated|misstated|gave|had|named|misspell?ed|misspelt|misidentified|reported|referred)\b)
  | (?:this|the|an?)[ ]{_NOTE}(?:[ ]\S+){{0,6}}?[ ](?:has|have|had|was|were|is)[ ](?:(?:also|since|later)[ ])?
    (?:been[ ])?(?:amended|corrected|updated|edited|clarified|changed|revised|(?:re|first[ ]|originally[ ])published)\b
  | (?:due[ ]to|because[ ]of)[ ]an?[ ](?:editing|production|reporting)[ ]error\b
  | for[ ]the[ ]record[ ]?[:—–-] | we[ ](?:regret|apologi[sz]e[ ]for)[ ](?:the|this|an)[ ](?:error|mistake)
"""

LINKS = r"""
    (?:read|see|watch|listen)[ ](?:more|also|next|this|now|too)\b
    (?:[ ]?[:.>»|-]|\s*$|[ ](?:on|from|about|at|in|:)\b|[ ](?-i:[A-Z“"]))
  | also[ ](?:read|see)\b(?:[ ]?[:.>»|-]|\s*$|[ ](?-i:[A-Z“"])) | also[ ](?:on|in)[ ][^.:]{2,40}:
  | (?:more|related|similar|recommended|popular|trending|top|latest)[ ]
    (?:(?:on|from|about|in)[ ]this\b|articles?|stor(?:y|ies)|links?|coverage|reading|topics?|news|content|posts?|videos?
      |headlines|from\b|on\b)[^.]{0,60}(?:[:.]|$)
  | (?:related|more|read|see|watch)\s*: | related\s*$ | (?:>>+|»|›|→|▶|➤)[ ]
  | (?:you[ ](?:may|might)[ ]also|most[ ]read|most[ ]popular|don['’]t[ ]miss|what[ ]to[ ]read[ ]next|further[ ]reading
      |next[ ]up|up[ ]next|in[ ]case[ ]you[ ]missed|editors?['’]?s?[ ]picks?)\b
  | click[ ](?:here|to|for|through)\b
  | (?:watch|video|photos|gallery|slideshow|listen|interactive|graphic|live)[ ]?[:(]
"""

TAGS = r"""
    (?:tags?|topics?|keywords?|filed[ ]under|posted[ ]in|categor(?:y|ies)|sections?
      |in[ ]this[ ](?:story|article)|more[ ](?:on|about))[ ]?[:|]
  | (?-i:TAGS|TOPICS|KEYWORDS)[ ] | (?:tags|topics|keywords|filed[ ]under|in[ ]this[ ](?:story|article))\s*$
"""

SUBSCRIPTION = r"""
    (?:please[ ])?(?:click[ ](?:here[ ])?to[ ])?
    (?:sign[ ]up|subscribe|join|follow|like|download|register|sign[ ]in|log[ ]in|become|support|get|want|enjoy|receive
      |try|donate|make)\b
    (?=.{0,160}\b(?:newsletters?|inbox|e-?mails?|alerts?|apps?|twitter|facebook|telegram|whatsapp|instagram|youtube
      |channel|podcast|subscri\w+|members?|membership|account|donat\w+|journalism|free[ ]trial|full[ ]access
      |(?:keep|continue|go[ ]on)[ ]reading)\b)
  | subscribe\b(?=.{0,160}\b(?:\d\S*(?:[ ]\w+)?[ ](?:a|per|each)[ ](?:week|month|year)
      |unlimited|without[ ]limits?)\b)
  | (?:sign[ ]up|subscribe|log[ ]in|register)(?:[ ](?:now|here|today|free|for[ ]free))?\s*[:.!|»>]?\s*$
  | (?:this|the|our)[ ](?:article|story|content|page|report|site)[ ]is[ ]
    (?:\w+[ ])?(?:for|only|available|reserved|exclusive|free)\b.{0,60}\b(?:subscribers?|members?|readers|premium)\b
  | (?:already|not)[ ]a[ ](?:subscriber|member)\b
  | (?:you|to)[ ](?:have|['’]ve|continue|keep|read|finish|go).{0,60}
    \b(?:free[ ]articles?|full[ ](?:article|story)|reading)\b.{0,60}
    \b(?:subscri|member|log|sign|regist|left|this[ ]month)
  | the[ ]rest[ ]of[ ]this[ ](?:text|article|story)[ ]is\b
  | newsletter[ ]sign | (?:our|the|daily|weekly|morning)[ ]newsletter\b
  | (?:we|this[ ]site)[ ]uses?[ ]cookies\b
  | please[ ](?:enable|turn[ ]on)[ ](?:javascript|cookies)
"""

CREDIT = r"""
    \(?(?:(?:ap|file|stock|cover)[ ])?
    (?:photo(?:graph)?s?|images?|pictures?|illustrations?|graphics?|video|caption)[ ]?
    (?:credits?\b|courtesy\b|copyright\b|by\b|via\b|source\b|[:/|©])
  | credits?[ ]?:(?=[^.,]{0,60}\.?\s*$) | (?:photo|image|picture)\s*$ | enlarge[ ]this[ ]image
  | file[ ](?:photo|image|picture)\b
  | \((?:photo|image|picture)[ ]
"""

AGENCY = r"""
    (?:this|the)[ ](?:article|story|report|text)[ ](?:\w+[ ]){1,2}(?:taken|reproduced|provided|supplied)[ ](?:from|by)\b
  | from[ ](?-i:[A-Z])[\w’'-]*(?:[ ](?-i:[A-Z])[\w’'-]*){0,3}\s*$
  | \(?(?:additional[ ])?(?:reporting|editing|writing|compiled|translated|edited|written)[ ](?:and[ ]\w+[ ])?by\b
  | \(?sources?[ ]?:[ ](?=[^.,]{1,40}[.)]*\s*$)
  | (?:the[ ])?[^.]{2,60}[ ]contributed[ ](?:reporting[ ])?to[ ]this[ ](?:report|story|article)\b
  | with[ ](?:files|reporting|material|additional[ ]reporting)[ ](?:from|by)\b
  | (?:--+|—|–|-)[ ]?(?:with[ ])?(?:agencies|wire[ ](?:services?|reports?))\b
"""

FOOTER = r"""
    © | \(c\)[ ] | copyright[ ](?:©|\(c\)|\d{4}|by\b) | all[ ]rights[ ]reserved | terms[ ]of[ ](?:use|service)\b
  | privacy[ ]policy\b | share[ ]this\b | skip[ ](?:to|ad)\b | this[ ]material[ ]may[ ]not[ ]be[ ]published
  | advertisements?\b\s*[:.]?(?:\s*advertisement\s*)*(?:continue[ ]reading.*)?\s*$ | advertisement[ ]?[:—–-]
  | (?:(?:the|this)[ ])?(?:story|article|text)[ ](?:continues|goes[ ]on)[ ](?:below|after)\b | continue[ ]reading\b
  | (?:print|e-?mail|share|save|listen|comments?)(?:[ ]?[|/·,]?[ ]?(?:print|e-?mail|share|save|listen|comments?))+\s*$
  | back[ ]to[ ]top | report[ ]a[ ](?:mistake|typo|problem|correction) | was[ ]this[ ](?:article|story|page)[ ]\w+\?
  | \d+[ ]comments?\s*$ | reprints?[ ](?:permission|of) | e-?mail[ ]?:
  | contact[ ](?:us|the)\b.{0,60}(?:@|at:|reporter|newsroom|editor)
"""

OPENINGS = """
    correction corrections clarification clarifications erratum editor editors publisher update note due because read
    see watch listen also related similar recommended popular trending top latest don further next click video photos
    gallery slideshow interactive graphic live story continue tag tags topic topics keyword keywords filed posted
    category categories section sections please sign subscribe join follow like download register log become support
    get want enjoy receive try donate make already newsletter ap file stock cover photo photograph photographs image
    images picture pictures illustration illustrations graphics caption credit credits enlarge additional reporting
    editing writing compiled translated edited written source sources agencies wire c © copyright terms privacy
    advertisement advertisements share skip reprint reprints email contact daily weekly morning back report print save
    comments first last originally published updated modified changed created monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november december mon tue wed
    thu fri sat sun
"""
"""The words that one of these may open with: only such sentences are looked at, and short lines, and the last ones."""

PAIRS = """
    an:earlier,previous,original,prior,initial,article,editing,production a:previous,prior,version
    the:earlier,previous,original,prior,initial,rest,article,story,post,report,column,piece,text,headline,page
    this:article,story,post,report,column,piece,text,headline,page,item,transcript,site,content,material
    in:this,case for:the to:continue,keep,read,finish,go we:use,regret,apologise,apologize our:newsletter
    you:have,may,might,ve what:to most:read,popular more:on,from,about,in,articles,stories,news,links,coverage,posts
    up:next not:a all:rights was:this with:files,reporting,material,additional,agencies e:mail from:
"""
"""Likewise the first and second words, where the first opens many sentences."""

STAMP = r"""
    (?:(?:first|last|originally)[ ])?(?:published|updated|posted|modified|changed|created|edited|filed)
      (?:[ ](?:at|on))?[ ]?:?[ ](?=.{0,60}\d).{4,60}$
  | \d+[ ]min(?:ute)?s?[ ](?:to[ ])?read\s*$
"""
"""When a page was set, on a line of its own."""

STAFF = r"""
    \b(?:staff|reporters?|correspondents?|columnists?|contributing|contributors?|editors?[ ](?:at|of|for)
    |producers?[ ](?:at|for)|(?:politics|news)[ ]for)\b
"""
"""What somebody is who writes for an outlet."""


def opening(lead: str) -> re.Pattern[str]:
    """Return the expression of a sentence that opens so, whatever its case; a quotation does not open so."""
    return re.compile(rf"[^\w“\"‘']{{0,12}}(?:{lead})", re.IGNORECASE | re.VERBOSE)
