"""Small talk: what people write to a bot that asks the articles nothing.

It stands below the desk, as the desk answers it: a message may become small talk by an edit, and a
question left by another process may be some.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, TypeAlias

SmallTalk: TypeAlias = Literal["greeting", "courtesy"]
"""A greeting or a call for help is answered with what there is to ask, a courtesy with a word."""


def _any_of(phrases: list[str]) -> str:
    """Returns a pattern for any of some phrases."""
    return "|".join(" ".join(phrase.split()) for phrase in phrases)


_EMOJI_CODE = re.compile(r":[a-z0-9_+'-]+:", re.IGNORECASE)
_FILLING = _any_of(
    """
    there, all, everyone, everybody, team, folks, guys, bot, clipping, please, again, me, you,
    so much, very much, a lot, a bunch, in advance, for me, for us, for your help, for the help,
    for that, for this, zusammen, leute, alle, bitte, dir, ihnen, euch, sehr, im voraus,
    für die hilfe, schön, mal, dear
    """.split(",")
)
_GREETING = _any_of(
    """
    hi+, hello+, hey+, hiya, howdy, yo, greetings, good (?:morning|afternoon|evening|day), hallo,
    hallöchen, servus, moin, grüß gott, grüss gott, grüezi, guten (?:morgen|tag|abend), salut,
    hola, bonjour, ciao, whats up, what s up, sup, how are you(?: doing)?(?: today)?,
    how is it going, how s it going, wie geht s, wie gehts, wie geht es, nice to meet you, help,
    i need help, (?:how )?can you help, could you help, is any(?:body|one) there, help needed,
    hilfe, ich brauche hilfe, helft, test, testing, ping, start, commands, examples,
    beispiele, befehle, (?:what|and what) (?:can|could|do) you do,
    what can i (?:ask|do)(?: here| you)?, what should i ask, what can i use you for,
    what (?:do you know|can you answer|can you tell), what do you know about,
    how (?:do|can|should) i (?:use|ask) (?:you|this bot|the bot)?, how do you work, how to use,
    what are you able to do, what are your (?:capabilities|features|commands),
    how does (?:this|the) bot work, who (?:are|r) (?:you|u), what are you,
    are you (?:there|here|a bot|human|real|alive|online|ok), what is your name, what s your name,
    what do the articles say, what is this bot, what are the articles about,
    which articles (?:are there|do you (?:have|know)),
    what articles (?:are there|do you (?:have|know)), tell me about yourself, introduce yourself,
    was (?:kannst du|können sie)(?: alles)?(?: tun| machen)?, was machst du, was weißt du,
    was kann ich(?: dich| sie)?(?: hier)? fragen, wer (?:bist du|sind sie), was bist du,
    wie (?:funktionierst du|benutze ich dich|heißt du), bist du da, kannst du mir helfen,
    können sie mir helfen, was sagen die artikel, worum geht es in den artikeln,
    welche artikel (?:gibt es|hast du|kennst du|haben sie)
    """.split(",")
)
_COURTESY = _any_of(
    """
    thanks, thank you, thank u, many thanks, thx, tnx, ty, tysm, cheers, much appreciated,
    appreciated, danke, dankeschön, vielen dank, besten dank, herzlichen dank, tausend dank,
    merci, gracias, ok, okay, okey, k, kk, cool, great, nice, super, awesome, perfect, excellent,
    amazing, wonderful, good job, well done, got it, i see, understood, alright, all right, fine,
    yes, yep, yeah, no, nope, lol, haha+, hehe+, bye, goodbye, good bye, good night, see you,
    see ya, sorry, never mind, nevermind, nvm, you are welcome, welcome, no problem, np, wow, hm+,
    oh, ah, aha, sure, done, toll, prima, gut, genau, ja, nein, alles klar, passt, verstanden,
    tschüss, tschüs, auf wiedersehen, gute nacht, schade, egal, klasse, spitze, gern, gerne, 1
    """.split(",")
)
_GREETS = re.compile(rf"(?:(?:{_GREETING}|{_COURTESY}|{_FILLING})(?: |$))+")
_IS_COURTEOUS = re.compile(rf"(?:(?:{_COURTESY}|{_FILLING})(?: |$))+")
_LONGEST = 120


def small_talk_in(text: str) -> SmallTalk | None:
    """Returns which small talk a message is; None for a question. No word at all is a greeting."""
    said = _words(text)
    if not said:
        return "courtesy" if text.strip(" ?!.\n\t") else "greeting"
    if len(said) > _LONGEST:
        return None
    if _IS_COURTEOUS.fullmatch(said):
        return "courtesy" if re.search(rf"(?:^| )(?:{_COURTESY})(?: |$)", said) else "greeting"
    return "greeting" if _GREETS.fullmatch(said) else None


def _words(text: str) -> str:
    """Returns the words of a text in lower case, without emoji, their codes and punctuation."""
    plain = unicodedata.normalize("NFC", _EMOJI_CODE.sub(" ", text)).lower()
    return " ".join(re.findall(r"[^\W_]+", plain))
