"""Irregular English verbs and plurals: the forms that a stemmer does not bring together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Each line holds the forms of one word that differ in more than an ending.
_FORMS = """
arise arose arisen
bear bore borne born
beat beaten
become became
begin began begun
bend bent
bind bound
bite bit bitten
bleed bled
blow blew blown
break broke broken
breed bred
bring brought
build built
buy bought
catch caught
choose chose chosen
cling clung
come came
creep crept
deal dealt
die died dying
dig dug
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
flee fled
fling flung
fly flew flown
forbid forbade forbidden
forget forgot forgotten
forgive forgave forgiven
freeze froze frozen
get got gotten
give gave given
go went gone goes
grow grew grown
hang hung
hear heard
hide hid hidden
hold held
keep kept
kneel knelt
know knew known
lay laid
lead led
learn learnt
leave left
lend lent
lie lay lain lying
lose lost
make made
mean meant
meet met
overcome overcame
overtake overtook overtaken
pay paid
ride rode ridden
ring rang rung
rise rose risen
run ran
say said
see saw seen
seek sought
sell sold
send sent
shake shook shaken
shine shone
shoot shot
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
sleep slept
slide slid
speak spoke spoken
spend spent
spin spun
spring sprang sprung
stand stood
steal stole stolen
stick stuck
strike struck stricken
swear swore sworn
sweep swept
swim swam swum
swing swung
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
tie tied tying
understand understood
undertake undertook undertaken
wake woke woken
wear wore worn
weave wove woven
win won
wind wound
withdraw withdrew withdrawn
write wrote written
child children
foot feet
goose geese
half halves
knife knives
leaf leaves
life lives
loaf loaves
louse lice
man men
mouse mice
ox oxen
person people
shelf shelves
thief thieves
tooth teeth
wife wives
wolf wolves
woman women
analysis analyses
appendix appendices
basis bases
crisis crises
criterion criteria
hypothesis hypotheses
index indices
medium media
phenomenon phenomena
thesis theses
bad worse worst
good better best well
far further furthest
"""


def _by_form() -> dict[str, frozenset[str]]:
    """Returns for each form all forms of the words that it may belong to."""
    found: dict[str, frozenset[str]] = {}
    for line in _FORMS.split("\n"):
        forms = frozenset(line.split())
        for form in forms:
            found[form] = found.get(form, frozenset()) | forms
    return found


_BY_FORM = _by_form()


def other_forms(word: str) -> frozenset[str]:
    """Returns the irregular forms of a lower-case word and the word itself.

    "bought" gives "buy" and "bought". A regular ending is looked behind: "buys" gives them as well.
    """
    found = next((_BY_FORM[form] for form in _bare(word) if form in _BY_FORM), frozenset())
    return found | {word}


def _bare(word: str) -> Iterator[str]:
    """Yields a word, and what it may be without a regular ending."""
    yield word
    if word.endswith("ing"):
        stump = word.removesuffix("ing")
        yield from (stump, f"{stump}e")
        if stump[-1:] == stump[-2:-1]:  # "running"
            yield stump[:-1]
    if word.endswith("s"):
        yield word.removesuffix("s")
