"""The desk: one outcome for every question, whatever happens on the way."""

from __future__ import annotations

import asyncio
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.cli.logs import set_up_logs
from bot.desk.answer_service import AnswerService
from bot.desk.desk import Desk
from bot.desk.limits import Limits
from bot.desk.metrics import Metrics
from bot.desk.policy import Policy
from bot.page.phrases import ENGLISH
from bot.state.ask import Key, Origin
from bot.state.channel_rules import Rules
from bot.state.claims import ClaimStore
from bot.state.database import open_database
from bot.state.state import State
from index.documents.article import Article
from index.documents.spans import Quote
from index.library.compile import compile_library
from retrieval.answerer import Answerer
from retrieval.answers import Answer, Finding
from tests.bot.desk.surfaces import Paper, ask, said
from tests.fakes import PhraseReader, WordEncoder, from_all_folders, simple_models
from tests.logs import logs_restored

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest

    from bot.state.ask import Ask
    from retrieval.answers import FindAnswer

HERE = Origin(Key("paper", "W", "C", ""), "ada")
QUICK = Policy(busy_after_s=60.0, retry_s=0.01, max_attempts=2, sweep_s=0.02, grace_s=0.2)


@from_all_folders
def echo(question: str) -> Answer:
    """Finds the question itself, as if an article said it."""
    article = Article("a.txt", None, question)
    return Answer(question, (Finding(Quote(article, 0, len(question)), None, 0.9),))


@asynccontextmanager
async def desk_with(
    paper: Paper, path: Path, answerer: FindAnswer = echo, *, policy: Policy = QUICK,
    limits: Limits | None = None, deadline_s: float = 5.0, store: ClaimStore | None = None,
) -> AsyncIterator[Desk]:  # fmt: skip
    engine = open_database(f"sqlite:///{path}/state.db")
    state, metrics = State(engine, store), Metrics()
    answering = AnswerService(answerer, state, metrics, threads=2, deadline_s=deadline_s)
    desk = Desk(answering, state, metrics, limits=limits or Limits(), policy=policy)
    desk.open()
    desk.attach("paper", paper)
    try:
        yield desk
    finally:
        await desk.detach("paper")
        await desk.close()
        answering.close()
        state.close()


async def quiet(desk: Desk) -> None:
    """Waits until nothing is in work."""
    async with asyncio.timeout(10):
        while desk.in_work:
            await asyncio.sleep(0.002)


async def until(paper: Paper, count: int) -> None:
    """Waits until so many replies stand."""
    async with asyncio.timeout(10):
        while len(paper.posts) < count:
            await asyncio.sleep(0.002)


async def test_a_question_is_answered_once_however_often_it_arrives(tmp_path: Path) -> None:
    paper = Paper()
    async with desk_with(paper, tmp_path) as desk:
        await asyncio.gather(*(desk.accept(ask("where?")) for _ in range(5)))
        await quiet(desk)
        await desk.accept(ask("where?"))
        await quiet(desk)

    assert paper.posts == {"p1": "where?"}


async def test_a_channel_of_some_folders_is_answered_from_them_alone(tmp_path: Path) -> None:
    """Elsewhere stands the same; where all folders are seen, that is what is shown."""
    texts = {"news/a.txt": "It opened in May 1998.", "press/b.txt": "May 1998 saw it opened."}
    articles = [Article(slug, None, text) for slug, text in texts.items()]
    library = compile_library(articles, WordEncoder(), version="test")
    models = simple_models(PhraseReader({"May 1998": 3.0}), margin=1.0)
    paper = Paper()
    answerer = Answerer(library, models)
    async with desk_with(paper, tmp_path, answerer) as desk:
        question = ask("when was it opened?")
        await desk.state.set_rules(question.key, Rules(folders=("press",)))
        await desk.accept(question)
        await quiet(desk)
        claim = await desk.state.claim_of(question.key)
        assert claim is not None
        again = await desk.recall(claim.id, HERE)
        await desk.state.set_rules(question.key, Rules())
        later = await desk.recall(claim.id, HERE)
    assert again is not None
    assert later is not None

    assert [paper.posts["p1"], said(again[1]), said(later[1])] == [
        texts["press/b.txt"],
        texts["press/b.txt"],
        texts["news/a.txt"],
    ]


async def test_a_question_answered_before_a_restart_is_not_answered_again(tmp_path: Path) -> None:
    paper = Paper()
    for _ in range(2):
        async with desk_with(paper, tmp_path) as desk:
            await desk.accept(ask("where?"))
            await quiet(desk)

    assert paper.posts == {"p1": "where?"}


async def test_a_question_claimed_by_a_killed_process_is_answered_after_the_restart(
    tmp_path: Path,
) -> None:
    paper = Paper()
    _leave_behind(tmp_path, "where?")
    async with desk_with(paper, tmp_path):
        await until(paper, 1)

    assert paper.posts == {"p1": "where?"}


async def test_a_reply_that_a_killed_process_had_posted_is_found_and_not_posted_again(
    tmp_path: Path,
) -> None:
    paper = Paper()
    paper.posts["theirs"] = "…"
    paper.left_by_others["1"] = "theirs"
    _leave_behind(tmp_path, "where?")
    async with desk_with(paper, tmp_path), asyncio.timeout(10):
        while not paper.events:
            await asyncio.sleep(0.002)

    assert paper.posts == {"theirs": "where?"}


async def test_an_edited_question_updates_the_same_reply(tmp_path: Path) -> None:
    paper = Paper()
    async with desk_with(paper, tmp_path) as desk:
        await desk.accept(ask("old?"))
        await quiet(desk)
        await desk.revise(ask("new?", revision="2"))
        await desk.revise(ask("new?", revision="2"))
        await quiet(desk)

    assert paper.posts == {"p1": "new?"}
    assert paper.events == ["post old?", "update new?"]


async def test_an_edit_during_the_answer_ends_in_one_reply_to_the_new_wording(
    tmp_path: Path,
) -> None:
    go_on = threading.Event()

    @from_all_folders
    def slowly(question: str) -> Answer:
        go_on.wait(10)
        return echo(question)

    paper = Paper()
    async with desk_with(paper, tmp_path, slowly) as desk:
        await desk.accept(ask("old?"))
        await desk.revise(ask("new?", revision="2"))
        go_on.set()
        await quiet(desk)

    assert paper.posts == {"p1": "new?"}


async def test_a_mention_that_is_edited_in_is_a_new_question(tmp_path: Path) -> None:
    paper = Paper()
    async with desk_with(paper, tmp_path) as desk:
        await desk.revise(ask("where?", revision="2"))
        await desk.accept(ask("where?"))
        await quiet(desk)

    assert paper.posts == {"p1": "where?"}


async def test_a_deleted_question_takes_its_reply_along(tmp_path: Path) -> None:
    paper = Paper()
    async with desk_with(paper, tmp_path) as desk:
        await desk.accept(ask())
        await quiet(desk)
        await desk.withdraw(ask().key)

    assert paper.posts == {}


async def test_a_question_deleted_during_the_answer_gets_no_reply(tmp_path: Path) -> None:
    go_on = threading.Event()

    @from_all_folders
    def slowly(question: str) -> Answer:
        go_on.wait(10)
        return echo(question)

    paper = Paper()
    async with desk_with(paper, tmp_path, slowly) as desk:
        await desk.accept(ask())
        await desk.withdraw(ask().key)
        go_on.set()
        await quiet(desk)

    assert paper.events == []


async def test_a_question_deleted_while_its_reply_goes_out_loses_the_reply_too(
    tmp_path: Path,
) -> None:
    paper = Paper()
    async with desk_with(paper, tmp_path) as desk:
        paper.before_post = lambda asked: _withdraw_elsewhere(tmp_path, asked)
        await desk.accept(ask())
        await quiet(desk)

    assert paper.events == ["post where?"]
    assert paper.posts == {}


async def test_replies_stay_when_deletions_are_set_to_keep_them(tmp_path: Path) -> None:
    paper = Paper()
    keep = Policy(busy_after_s=60, remove_deleted=False)
    async with desk_with(paper, tmp_path, policy=keep) as desk:
        await desk.accept(ask())
        await quiet(desk)
        await desk.withdraw(ask().key)

    assert paper.posts == {"p1": "where?"}


async def test_an_answerer_that_raises_ends_in_words_with_an_id_that_stands_in_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    @from_all_folders
    def broken(question: str) -> Answer:
        raise RuntimeError(f"no idea about {question}")

    paper = Paper()
    with logs_restored():
        set_up_logs(as_json=False)
        async with desk_with(paper, tmp_path, broken) as desk:
            await desk.accept(ask("where is Atlantis?"))
            await quiet(desk)

    words = paper.posts["p1"]
    number = words.removeprefix("That failed, id ").removesuffix(".")
    assert len(number) == 12
    logged = capsys.readouterr().err
    assert number in logged
    assert "in broken" in logged
    assert "Atlantis" not in logged


async def test_an_answerer_that_hangs_ends_in_words_after_the_deadline(tmp_path: Path) -> None:
    forever = threading.Event()

    @from_all_folders
    def hang(question: str) -> Answer:
        if question == "hang?":
            forever.wait(30)
        return echo(question)

    paper = Paper()
    async with desk_with(paper, tmp_path, hang, deadline_s=0.1) as desk:
        for number in range(4):  # more than there are threads
            await desk.accept(ask("hang?", str(number)))
        await quiet(desk)
        await desk.accept(ask("next?", "9"))
        await quiet(desk)
    forever.set()

    posts = list(paper.posts.values())
    assert [words[:11] for words in posts[:4]] == ["That failed"] * 4
    assert posts[4] == "next?"


async def test_a_reply_that_cannot_be_posted_is_tried_again_later(tmp_path: Path) -> None:
    paper = Paper()
    failures = iter([OSError("gone"), None])

    def fail_once(_: object) -> None:
        if error := next(failures):
            raise error

    paper.before_post = fail_once
    async with desk_with(paper, tmp_path) as desk:
        await desk.accept(ask())
        await until(paper, 1)
        await quiet(desk)

    assert paper.posts == {"p1": "where?"}


async def test_where_nothing_can_be_posted_the_asker_gets_the_reply_aside(tmp_path: Path) -> None:
    paper = Paper()
    paper.closed = True
    async with desk_with(paper, tmp_path) as desk:
        await desk.accept(ask())
        await quiet(desk)

    assert paper.asides == ["where?"]


async def test_one_question_too_many_gets_a_private_notice_and_no_reply(tmp_path: Path) -> None:
    paper = Paper()
    async with desk_with(paper, tmp_path, limits=Limits(per_user=2)) as desk:
        for number in range(3):
            await desk.accept(ask(message=str(number)))
        await quiet(desk)
        await desk.accept(ask(message="9", user="bob"))
        await quiet(desk)

    assert len(paper.posts) == 3
    assert [words.split(";")[0] for words in paper.told] == [
        "That is more than 2 questions a minute"
    ]


async def test_when_the_queue_is_full_askers_hear_their_number_and_are_answered_all_the_same(
    tmp_path: Path,
) -> None:
    go_on = threading.Event()

    @from_all_folders
    def slowly(question: str) -> Answer:
        go_on.wait(10)
        return echo(question)

    paper = Paper()
    full = Policy(busy_after_s=60.0, sweep_s=0.02, queue_limit=2)
    async with desk_with(paper, tmp_path, slowly, policy=full) as desk:
        for number in range(4):
            await desk.accept(ask(f"q{number}?", str(number)))
        go_on.set()
        await until(paper, 4)
        await quiet(desk)

    assert sorted(paper.posts.values()) == ["q0?", "q1?", "q2?", "q3?"]
    assert paper.told == [ENGLISH.busy.format(number=3), ENGLISH.busy.format(number=4)]


async def test_the_sign_of_work_comes_when_it_takes_long_and_always_goes(tmp_path: Path) -> None:
    go_on = threading.Event()

    @from_all_folders
    def slowly(question: str) -> Answer:
        go_on.wait(10)
        raise RuntimeError(question)

    paper = Paper()
    async with desk_with(paper, tmp_path, slowly, policy=Policy(busy_after_s=0.0)) as desk:
        await desk.accept(ask())
        async with asyncio.timeout(10):
            while not paper.busy:
                await asyncio.sleep(0.002)
        go_on.set()
        await quiet(desk)

    assert paper.busy == [True, False]


async def test_a_quick_answer_shows_no_sign_of_work(tmp_path: Path) -> None:
    paper = Paper()
    async with desk_with(paper, tmp_path) as desk:
        await desk.accept(ask())
        await quiet(desk)

    assert paper.busy == []


async def test_stopping_hands_back_what_cannot_be_finished(tmp_path: Path) -> None:
    go_on = threading.Event()

    @from_all_folders
    def slowly(question: str) -> Answer:
        go_on.wait(10)
        return echo(question)

    first, second = Paper(), Paper()
    async with desk_with(first, tmp_path, slowly) as desk:
        await desk.accept(ask())
        await desk.detach("paper")
        left = ClaimStore(desk.state.guest().engine).find(ask().key)
    go_on.set()
    async with desk_with(second, tmp_path) as desk:
        await until(second, 1)

    assert left is not None
    assert left.owner == ""
    assert first.posts == {}
    assert second.posts == {"p1": "where?"}


async def test_stopping_at_the_moment_the_sweeper_wakes_does_not_hang(tmp_path: Path) -> None:
    for _ in range(50):
        async with desk_with(Paper(), tmp_path) as desk:
            await asyncio.sleep(0.005)
            desk.attach("paper", Paper())
            await asyncio.wait_for(asyncio.shield(desk.close()), 5)


async def test_what_is_too_old_is_deleted_at_the_start(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/state.db")
    long_ago = ClaimStore(engine, clock=lambda: 1.0)
    claim = long_ago.claim(ask())
    assert claim is not None
    long_ago.finish(claim, "found", reply="p1")
    async with desk_with(Paper(), tmp_path), asyncio.timeout(5):
        while long_ago.find(ask().key) is not None:
            await asyncio.sleep(0.005)
    engine.dispose()


async def test_a_follow_up_carries_the_subject_over_and_says_so(tmp_path: Path) -> None:
    paper = Paper()
    async with desk_with(paper, tmp_path) as desk:
        await desk.accept(ask("Who founded Acme?", "1", thread="t"))
        await quiet(desk)
        await desk.accept(ask("and when?", "2", thread="t"))
        await quiet(desk)
        await desk.accept(ask("and when?", "3", thread="other"))
        await quiet(desk)

    assert list(paper.posts.values()) == ["Who founded Acme?", "when founded Acme", "and when?"]


async def test_a_message_without_a_question_gets_a_word_of_help(tmp_path: Path) -> None:
    paper = Paper()
    async with desk_with(paper, tmp_path) as desk:
        await desk.accept(ask(""))
        await quiet(desk)

    assert paper.posts == {"p1": ENGLISH.help}


async def test_buttons_find_their_question_again_after_a_restart_but_not_once_forgotten(
    tmp_path: Path,
) -> None:
    paper = Paper()
    async with desk_with(paper, tmp_path) as desk:
        await desk.accept(ask())
        await quiet(desk)
        claim = await desk.state.claim_of(ask().key)
    assert claim is not None
    async with desk_with(paper, tmp_path) as desk:
        before = await desk.recall(claim.id, HERE)
        await desk.state.forget("ada")
        after = await desk.recall(claim.id, HERE)

    assert before is not None
    assert after is None


def _leave_behind(path: Path, question: str) -> None:
    """A claim whose process was killed before it could reply."""
    engine = open_database(f"sqlite:///{path}/state.db")
    me = ClaimStore(engine)._owner.rpartition("/")[0].rpartition("/")[0]  # noqa: SLF001  # same machine
    ClaimStore(engine, owner=f"{me}/{2**22 + 1}/dead").claim(ask(question))
    engine.dispose()


def _withdraw_elsewhere(path: Path, asked: Ask) -> None:
    """The deletion reaches another process than the one that answers."""
    engine = open_database(f"sqlite:///{path}/state.db")
    ClaimStore(engine).withdraw(asked.key)
    engine.dispose()


async def test_who_cannot_be_answered_where_they_asked_after_all_attempts_is_told_elsewhere(
    tmp_path: Path,
) -> None:
    def out_of_order(_: Ask) -> None:
        raise OSError("internal_error")

    paper = Paper()
    paper.before_post = out_of_order
    async with desk_with(paper, tmp_path) as desk:
        await desk.accept(ask("where is it?"))
        async with asyncio.timeout(10):
            while not paper.asides:
                await asyncio.sleep(0.002)
        await quiet(desk)
        claim = await desk.state.claim_of(ask().key)
    assert claim is not None
    assert paper.asides == [ENGLISH.failed.format(id=claim.id)]
    assert paper.posts == {}
