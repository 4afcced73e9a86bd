"""Examples are found beside the running bot, and none is no harm."""

from __future__ import annotations

import threading
import time

from bot.cli.live_facts import LiveFacts
from bot.page.facts import Facts
from index.documents.spans import Quote
from retrieval.answers import Answer, Finding
from tests.emulators.slack.signal import PATIENCE_S
from tests.fakes import library_of

LIBRARY = library_of("Who founded the firm in Mainz? Ada Lovelace founded it in 1998.")


def answer(question: str) -> Answer:
    article = LIBRARY.articles[0]
    return Answer(question, (Finding(Quote(article, 0, len(article.text)), None, 0.95),))


def wait_for_examples(facts: LiveFacts) -> tuple[str, ...]:
    until = time.monotonic() + PATIENCE_S
    while not facts().examples and time.monotonic() < until:
        time.sleep(0.01)
    return facts().examples


def test_the_facts_get_examples_that_were_answered() -> None:
    facts = LiveFacts(Facts(articles=1))
    with facts.finding_examples(LIBRARY, answer):
        assert wait_for_examples(facts)[0] == "Who founded the firm in Mainz?"
    assert facts().articles == 1


def test_the_bot_starts_and_stops_while_the_examples_are_looked_for() -> None:
    may_answer = threading.Event()

    def slowly(question: str) -> Answer:
        may_answer.wait(PATIENCE_S)
        return answer(question)

    facts = LiveFacts(Facts(articles=1))
    with facts.finding_examples(LIBRARY, slowly):
        assert facts().examples == ()
        may_answer.set()


def test_an_answerer_that_fails_leaves_no_examples() -> None:
    def broken(_question: str) -> Answer:
        raise RuntimeError

    facts = LiveFacts(Facts(articles=1))
    with facts.finding_examples(LIBRARY, broken):
        pass
    assert facts().examples == ()
