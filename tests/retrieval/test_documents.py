"""Documents as people have them: what is read of a file, what is found in it, what is shown of it.

Each fault that a real folder brought up has a test here, with a text of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from index.documents.article import Article
from index.documents.folder import read_articles
from index.library.compile import compile_library
from index.library.encoders import open_encoder
from index.passages.sentences import split_sentences
from retrieval.answerer import Answerer
from retrieval.models import open_models
from tests.verbatim import assert_verbatim

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from index.models.encoder import Encoder
    from retrieval.answers import Answer
    from retrieval.models import Models


def read(folder: Path, files: Mapping[str, str | bytes]) -> tuple[dict[str, Article], list[str]]:
    """Writes files into a folder and reads it: the articles by name, and what else is said."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = list(read_articles(folder))
    articles = {each.slug: each for each in found if isinstance(each, Article)}
    return articles, [str(each) for each in found if not isinstance(each, Article)]


def sentences(article: Article) -> list[str]:
    """The sentences of an article as a reader sees them, each on one line."""
    return [" ".join(each.visible.split()) for each in split_sentences(article)]


# What is read of a file.


def test_an_impossible_date_costs_a_file_its_date_and_nothing_else(tmp_path: Path) -> None:
    notes = "---\ntitle: Notes on the lock\ndate: 2021-02-31\n---\n\nThe lock sticks.\n"
    articles, _ = read(tmp_path, {"notes.md": notes, "weir.txt": "The weir was mended."})
    assert articles["notes.md"].title == "Notes on the lock"
    assert articles["notes.md"].published is None
    assert sentences(articles["notes.md"]) == ["The lock sticks."]
    assert sentences(articles["weir.txt"]) == ["The weir was mended."]


def test_front_matter_in_toml_is_read_and_is_no_text(tmp_path: Path) -> None:
    page = '+++\ntitle = "A lift for the mill"\ndate = 2022-05-04\n+++\n\nThe lift holds six.\n'
    articles, _ = read(tmp_path, {"lift.md": page})
    assert articles["lift.md"].title == "A lift for the mill"
    assert str(articles["lift.md"].published) == "2022-05-04"
    assert sentences(articles["lift.md"]) == ["The lift holds six."]


def test_front_matter_with_a_slip_is_read_line_by_line(tmp_path: Path) -> None:
    page = "---\nkind: news\ntitle: Mill news: a lift\ndate: 2022-05-04\n---\n\nIt holds six.\n"
    articles, _ = read(tmp_path, {"lift.md": page})
    assert articles["lift.md"].title == "Mill news: a lift"
    assert str(articles["lift.md"].published) == "2022-05-04"
    assert sentences(articles["lift.md"]) == ["It holds six."]


def test_a_paragraph_between_two_rules_is_no_front_matter(tmp_path: Path) -> None:
    page = "---\n\nThe baker asks for two things: flour and salt.\n\n---\n\nHe pays in June.\n"
    articles, _ = read(tmp_path, {"baker.md": page})
    assert sentences(articles["baker.md"]) == [
        "The baker asks for two things: flour and salt.",
        "He pays in June.",
    ]


@pytest.mark.parametrize(
    "below",
    [
        "| Size | Rent |\n| --- | --- |\n| small | 40 |\n",
        "We let many gardens by the river to our members, namely:\n\n- the north garden\n",
        "<table><tr><th>Garden</th></tr><tr><td>North</td></tr></table>\n",
        "Ask the warden.\n",
    ],
)
def test_the_first_heading_is_the_title_however_short_it_is(tmp_path: Path, below: str) -> None:
    articles, _ = read(tmp_path, {"gardens.md": f"# Rent\n\n{below}"})
    assert articles["gardens.md"].title == "Rent"


def test_half_a_wrapped_sentence_is_no_title(tmp_path: Path) -> None:
    text = (
        "The choir sang in the new hall on the third of June before so many people that\n"
        "the doors stayed open until the last of them had found a chair.\n\nIt was warm.\n"
    )
    articles, _ = read(tmp_path, {"choir.txt": text})
    assert articles["choir.txt"].title is None


def test_a_link_to_a_folder_is_named_and_the_folder_is_not_called_empty(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "zoo.txt").write_text("The zoo closes at six.")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "more").symlink_to("../elsewhere")
    articles, said = read(tmp_path / "articles", {})
    assert not articles
    assert [line for line in said if "more" in line]


def test_pictures_make_one_line_and_a_text_that_fails_has_its_own(tmp_path: Path) -> None:
    pictures = {f"plan-{number}.png": b"\x89PNG" for number in range(9)}
    _, said = read(tmp_path, {**pictures, "broken.txt": b"\x00\x01\x02\xff\xfe", "a.txt": "Yes."})
    assert sum(".png" in line for line in said) == 1
    assert sum("broken.txt" in line for line in said) == 1


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_another_encoding_is_read_and_named(tmp_path: Path, encoding: str) -> None:
    text = "The café’s “Blue Room” asks £6 for a déjeuner and one pound for tea."
    articles, said = read(tmp_path, {"room.txt": text.encode(encoding)})
    assert articles["room.txt"].text.removeprefix("\ufeff") == text
    assert [line for line in said if "room.txt" in line]


# Where sentences begin and end.


def test_a_hyphen_at_the_end_of_a_line_ends_no_sentence(tmp_path: Path) -> None:
    text = (
        "News of the aqueduct\n\nWorkers found that the under-\nground channel had been for-\n"
        "gotten. The mayor was sur-\nprised. Nobody else cared about\nit. Work goes on.\n"
    )
    articles, _ = read(tmp_path, {"channel.txt": text})
    assert sentences(articles["channel.txt"])[-4:] == [
        "Workers found that the under- ground channel had been for- gotten.",
        "The mayor was sur- prised.",
        "Nobody else cared about it.",
        "Work goes on.",
    ]


def test_a_line_end_inside_a_paragraph_ends_no_sentence(tmp_path: Path) -> None:
    text = (
        "Ferry to the island is stopped\n\nThe owners met in the tavern on Tuesday evening. They"
        " said that the ferry will not sail to the island\nfrom the second of April until"
        " midsummer, because its engine has to be taken out and mended in\nthe yard. Rowing boats"
        " may cross.\n"
    )
    articles, _ = read(tmp_path, {"ferry.txt": text})
    assert sentences(articles["ferry.txt"])[-2:] == [
        "They said that the ferry will not sail to the island from the second of April until"
        " midsummer, because its engine has to be taken out and mended in the yard.",
        "Rowing boats may cross.",
    ]


def test_links_cut_no_sentence_and_their_targets_are_not_seen(tmp_path: Path) -> None:
    page = (
        '# The kiln\n\nThe kiln was bought from [Mara Lind][ml] (called "the potter"). It was lit'
        " in 1987, see [a photo](https://a.example/kiln_(lit).jpg), and [sold][s] in 1999.\n\n"
        '[ml]: https://a.example/mara "Mara Lind, potter"\n[s]: https://a.example/sale\n'
    )
    articles, _ = read(tmp_path, {"kiln.md": page})
    assert sentences(articles["kiln.md"]) == [
        'The kiln was bought from Mara Lind (called "the potter").',
        "It was lit in 1987, see a photo, and sold in 1999.",
    ]


# What is found, and what is shown of it.


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks the articles of a folder with the real models."""

    folder: Path
    encoder: Encoder
    models: Models

    def __call__(self, files: Mapping[str, str], question: str) -> Answer:
        articles, _ = read(self.folder, files)
        library = compile_library(list(articles.values()), self.encoder, version="test")
        answer = Answerer(library, self.models)(question)
        assert_verbatim(answer, library)
        return answer


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, encoders: Path) -> tuple[Encoder, Models]:
    folder = tmp_path_factory.mktemp("models")
    (folder / "encoders").symlink_to(encoders)
    return open_encoder(folder, "all-MiniLM-L6-v2"), open_models("clipping", folder)


@pytest.fixture
def ask(tmp_path: Path, real: tuple[Encoder, Models]) -> Asker:
    return Asker(tmp_path, *real)


def shown(answer: Answer) -> str:
    """All that a reader sees of the first clipping, on one line."""
    if not answer.found:
        return ""
    return " ".join(" ".join(part.visible for part in answer.findings[0].parts).split())


def bold(answer: Answer) -> str:
    found = answer.findings[0].answer if answer.found else None
    return found.visible if found else ""


LEAVE = """# Rules for the crew

## Shore leave

Shore leave is granted by the mate. It lasts 12 hours. It starts on Monday.

## Sick leave

Sick leave is granted by the doctor. It lasts 3 days. It starts on Thursday.
"""


@pytest.mark.model
def test_of_two_like_sections_the_heading_decides(ask: Asker) -> None:
    answer = ask({"crew.md": LEAVE}, "When does sick leave start?")
    assert "Thursday" in shown(answer)
    assert "Monday" not in shown(answer)
    answer = ask({"crew.md": LEAVE}, "How long does shore leave last?")
    assert "12 hours" in shown(answer)
    assert "3 days" not in shown(answer)


SHELVES = """# The archive

The shelves are kept as follows:

* Maps: shelf 12
* Letters: shelf 7
* Ledgers: shelf 40

## Getting a reader's card

1. Ask at the counter.
2. Show a passport.
3. Sign the book.
4. Come back after lunch.
"""


@pytest.mark.model
def test_a_clipping_ends_with_its_section(ask: Asker) -> None:
    answer = ask({"archive.md": SHELVES}, "Where are the ledgers?")
    assert "Ledgers: shelf 40" in shown(answer)
    assert "counter" not in shown(answer)
    assert "shelf 40" in bold(answer)


@pytest.mark.model
def test_who_asks_how_is_shown_every_step(ask: Asker) -> None:
    answer = ask({"archive.md": SHELVES}, "How do I get a reader's card?")
    for step in ("Ask at the counter", "Show a passport", "Sign the book", "Come back"):
        assert step in shown(answer)


@pytest.mark.model
def test_the_step_after_another_is_the_answer(ask: Asker) -> None:
    answer = ask({"archive.md": SHELVES}, "What do I do after I showed my passport?")
    assert bold(answer).rstrip(".") == "Sign the book"


POND = """# The pond behind the school

The pond is closed until 4 October.

<!-- Vera: keep quiet about the eels, they were stolen from the zoo -->

Ducks may stay.
"""


@pytest.mark.model
def test_a_comment_is_neither_found_nor_shown(ask: Asker) -> None:
    assert "4 October" in shown(ask({"pond.md": POND}, "Until when is the pond closed?"))
    answer = ask({"pond.md": POND}, "From where were the eels stolen?")
    everything = [shown(answer), *(quote.visible for quote in answer.closest)]
    assert not answer.found
    assert not any("zoo" in text or "Vera" in text for text in everything)


@pytest.mark.model
def test_an_address_is_no_answer(ask: Asker) -> None:
    page = (
        "# Bicycles\n\nBicycles are lent by the [porter](https://a.example/people/porter?x=1)."
        " Guests take [rack B](https://a.example/racks/guests/rack-b.html).\n"
    )
    answer = ask({"bicycles.md": page}, "Who lends bicycles?")
    assert "porter" in bold(answer)
    assert "http" not in shown(answer)
    answer = ask({"bicycles.md": page}, "Which rack do guests take?")
    assert "rack B" in bold(answer)
    assert "html" not in shown(answer)


@pytest.mark.model
def test_what_is_struck_through_no_longer_holds(ask: Asker) -> None:
    page = "# The tower\n\n~~The tower closes at five.~~ The tower closes at seven.\n"
    answer = ask({"tower.md": page}, "When does the tower close?")
    assert shown(answer) == "The tower closes at seven."


@pytest.mark.model
def test_the_line_below_the_very_question_answers_it(ask: Asker) -> None:
    text = (
        "About the new wells\n\nQ: How many wells will be dug?\nA: Six, by autumn.\n\n"
        "Q: And what about fountains?\nA: Not one before spring.\n"
    )
    answer = ask({"wells.txt": text}, "How many wells will be dug?")
    assert "Six, by autumn" in shown(answer)
    answer = ask({"wells.txt": text}, "How many fountains will be dug?")
    assert "Not one before spring" in shown(answer)
    assert "Six" not in bold(answer)
    page = "# Guests\n\n**Who feeds the goats?**\n\nThe twins do, at noon.\n"
    assert "The twins do" in shown(ask({"goats.md": page}, "Who feeds the goats?"))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("The Tromsø office is led by Renée Dvořák.", "What does Renee Dvorak lead?"),
        (
            "The barge was given to Lin\u00adnea Berg\u00adström.",
            "What was given to Linnea Bergström?",
        ),
        ("Builders plan a footbridge to Rose-\nfield this year.", "What is planned for Rosefield?"),
    ],
)
def test_a_name_is_known_in_whatever_form_it_is_written(
    ask: Asker, text: str, question: str
) -> None:
    answer = ask({"news.txt": f"News from the coast and the hills\n\n{text}\n"}, question)
    assert answer.found
    assert answer.unknown_words == ()


CHECKS = """# Checks of the boiler house

- [x] Valve checked by Nils Roth
- [ ] Chimney checked
- [x] Pump checked by Edda Kern
"""


@pytest.mark.model
def test_the_name_in_another_line_of_a_checklist_is_no_answer(ask: Asker) -> None:
    answer = ask({"checks.md": CHECKS}, "Who checked the chimney?")
    assert "Nils" not in bold(answer)
    assert "Edda" not in bold(answer)
    answer = ask({"checks.md": CHECKS}, "Who checked the pump?")
    assert "Pump checked by Edda Kern" in shown(answer)
    assert "Chimney" not in shown(answer)


@pytest.mark.model
def test_a_heading_is_no_answer_to_its_own_words(ask: Asker) -> None:
    page = (
        "# Bees in the orchard\n\n## Relation of hive and queen\n\nEvery hive has exactly one.\n\n"
        "## Ways to calm a swarm\n\nBlow smoke at it.\n"
    )
    answer = ask({"bees.md": page}, "What ways are there to calm a swarm?")
    assert shown(answer) == "Blow smoke at it."
    answer = ask({"bees.md": page}, "What is the relation of hive and queen?")
    assert shown(answer) == "Every hive has exactly one."


@pytest.mark.model
def test_another_year_is_not_answered(ask: Asker) -> None:
    sentence = "The guild is glad to hand the 2022 Lind medal for patience to Mara Falk."
    page = f"# The Lind medal\n\n{sentence}\n"
    answer = ask({"medal.md": page}, "Who won the 2017 Lind medal?")
    assert not answer.found
    assert "2017" in answer.unknown_words
    assert "Mara Falk" in bold(ask({"medal.md": page}, "Who won the 2022 Lind medal?"))


# Left out: who did something asked of a text that names only who it was done to, which the reader
# gets wrong; and the brackets of a link by reference, which no reader of a page sees.
