"""Whether a question is asked in a language that neither we nor the articles speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.passages.words import STOP_WORDS, plain_words

if TYPE_CHECKING:
    from index.library.library import Library

# The commonest words of each language, without accents, as `plain_words` returns them. Words that
# are English as well ("die", "was", "on") may stand here: they are not enough.
_FUNCTION_WORDS = {
    "German": """der die das den dem des ein eine einen einem einer und oder aber nicht ist sind war
        waren wird werden wurde wurden hat haben hatte wer wen wem was wann wo warum wieso wie
        welche welcher welches wieviel von vom zu zum zur mit bei nach aus auf fur uber unter durch
        gegen es er sie wir ihr ich im am an in gibt kann konnen soll muss als auch noch nur""",
    "French": """le la les un une des du de au aux et ou mais ne pas est sont etait ete sera ont qui
        que quoi quel quelle quels quelles quand comment pourquoi combien il elle ils elles nous
        vous je ce cette ces dans sur avec pour par sans sous chez son sa ses leur y en a d l qu""",
    "Spanish": """el la los las un una unos unas y o pero no es son era fue fueron ha han quien
        quienes que cual cuales cuando donde como cuanto cuantos cuanta cuantas porque por para con
        sin sobre entre de del al en se su sus lo esta este hay ser""",
    "Italian": """il lo la gli le un uno una e o ma non sono era stato stata ha hanno chi che cosa
        quale quali quando dove come quanto quanti quante perche per con su tra fra di del della
        dello dei degli delle al alla nel nella da dal dalla si suo sua questo questa""",
    "Portuguese": """o a os as um uma e ou mas nao sao foi foram era ha tem quem que qual quais
        quando onde como quanto quantos quantas porque por para com sem sobre entre de do da dos das
        no na nos nas em ao se seu sua este esta isso""",
    "Dutch": """de het een en of maar niet is zijn was waren wordt werd werden heeft hebben had wie
        wat welke wanneer waar waarom hoe hoeveel van voor met bij naar uit op over onder door tegen
        dat deze dit die er hij zij wij ik kan moet ook nog""",
    "Swedish": """den det de en ett och eller men inte ar var blev har hade vem vad vilken vilket
        vilka nar var varfor hur av fran till med hos pa i om over under genom mot som att han hon
        vi jag kan ska maste ocksa""",
    "Danish": """den det de en et og eller men ikke er var blev har havde hvem hvad hvilken hvilket
        hvilke hvornar hvor hvorfor hvordan af fra til med hos pa i om over under gennem mod som at
        han hun vi jeg kan skal ogsa""",
    "Polish": """i oraz lub ale nie jest sa byl byla bylo byli ma maja kto co ktory ktora ktore
        kiedy gdzie dlaczego jak ile w we z ze do od na po przez dla przy pod nad o u sie ten ta to
        czy""",
}
# Words of these lists that English texts have as well: English words, and parts of names.
_IN_ENGLISH_AS_WELL = frozenset(
    """al au com come da de del della den der des di die do dos du e el em en era es et fra ha hat
    hay il la las le les lo los ma man me men mot na no non nos o on or os pa par per person por
    pour sa se sin son sur ta te ten till to um van ver vi von war waren y zu zum zur""".split()
)
_LANGUAGES = {name: frozenset(listed.split()) for name, listed in _FUNCTION_WORDS.items()}
_TELLING = {
    name: frozenset(word for word in listed - STOP_WORDS - _IN_ENGLISH_AS_WELL if len(word) > 1)
    for name, listed in _LANGUAGES.items()
}
_ENGLISH = STOP_WORDS.difference(*_LANGUAGES.values())
_FEWEST_WORDS = 2
# The articles are in a language if so many of its function words stand in so large a share of their
# passages.
_FREQUENT_WORDS, _FREQUENT_SHARE = 3, 0.2


def is_foreign(question: str, library: Library) -> bool:
    """Tells whether a question is in another language than English and than the articles.

    It is if it has two function words of one other language, one of them never seen in English, and
    no English one; and if neither most of its words nor the function words of that language stand
    in the articles.
    """
    asked = set(plain_words(question))
    language = max(
        _LANGUAGES, key=lambda name: (len(asked & _TELLING[name]), len(asked & _LANGUAGES[name]))
    )
    has_two = len(asked & _LANGUAGES[language]) >= _FEWEST_WORDS
    if asked & _ENGLISH or not (has_two and asked & _TELLING[language]):
        return False
    known = sum(word in library.vocabulary for word in asked)
    return 2 * known <= len(asked) and not _is_language_of(language, library)


def _is_language_of(language: str, library: Library) -> bool:
    """Tells whether the articles, or a good part of them, are in a language."""
    least = _FREQUENT_SHARE * len(library.passages)
    counts = [library.vocabulary.get(word, 0) for word in _TELLING[language]]
    return sum(count > 0 and count >= least for count in counts) >= _FREQUENT_WORDS
