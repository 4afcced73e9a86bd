"""A German channel: whatever people do there, no English phrase is said."""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.desk.policy import Policy
from bot.page.facts import Facts
from bot.page.phrases import ENGLISH, GERMAN
from index.documents.article import Article
from index.documents.spans import Quote, Span
from retrieval.answers import Answer, Finding
from tests.emulators.slack.workspace import ALICE, BOB, GENERAL
from tests.phrase_search import (
    in_english,
    in_german,
    is_in_menus,
    stand_in,
    strings_in,
    translated_phrases,
)
from tests.scenarios.discord_rig import discord_stage
from tests.scenarios.discord_shown import visible
from tests.scenarios.rig import QUICK
from tests.scenarios.slack_rig import slack_stage
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.emulators.discord.server import DiscordEmulator
    from tests.emulators.slack.server import SlackEmulator
    from tests.emulators.slack.workspace import Json
    from tests.scenarios.shown import Shown
    from tests.scenarios.stage import Stage

MOVE = "Im Jahr 2021 zog die Firma nach Wiesbaden."
OLD = "Seit 1998 war sie in Mainz."
FIRM = Article(
    "firma.txt", "Die Firma zieht um", f"Es begann klein. {OLD} {MOVE} Alle kamen mit.\n"
)
LONG = Article(
    "lang.txt", "Ein langer Text", "Und so ging es weiter, Jahr um Jahr " * 120 + "bis jetzt."
)
WHERE = "Wo ist die Firma?"
REFRESHED = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)
FACTS = Facts(
    articles=2,
    version="v7",
    refreshed=REFRESHED,
    titles=("Die Firma zieht um",),
    examples=(WHERE,),
    slugs=("neues/firma.txt",),
    published=(REFRESHED.date(),),
)
KNOWING = replace(QUICK, facts=lambda: FACTS)

TOLD_ELSEWHERE = {
    "Phrases.busy",  # by the test of limits below
    "Phrases.too_many",  # likewise
    "Phrases.overloaded",  # by the test after that
    "Phrases.form_too_late",  # by the tests of clicks that fail
    "Phrases.thanks_without_reason",  # likewise, and so is the next
    "Phrases.unchangeable",
    "SettingsPhrases.wrong_choice",  # by a test of bot.chat.channel_settings; no menu allows it
    "SettingsPhrases.not_yours",  # likewise
    "ReportPhrases.private_gaps",  # by a test of bot.chat.reports
    "ReportPhrases.left_out",  # likewise, and so is the next
    "ReportPhrases.unread",
    "Phrases.page",  # by tests of bot.page, and so are the next
    "Phrases.author",
    "Phrases.record",
    "Phrases.articles_on",
    "Phrases.more_steps",
    "Phrases.one_more_step",
    "Phrases.shared_before",  # by a test of bot.chat.buttons
}
SLACK_ONLY = {
    "Phrases.good",
    "Phrases.bad",
    "Phrases.send",
    "Phrases.close",
    "Phrases.not_shared",  # nobody can be invited into what is archived
    "Phrases.works",
    "ReportPhrases.recent",
    "SettingsPhrases.title",
    "SettingsPhrases.save",
    "SettingsPhrases.threshold_label",
    "SettingsPhrases.slack_admins_only",
}
DISCORD_ONLY = {
    "Phrases.hidden_text",
    "Phrases.invite",
    "SettingsPhrases.in_this_channel",
    "SettingsPhrases.all_folders",
    "SettingsPhrases.usual_threshold",
    "SettingsPhrases.hidden_messages",
    "SettingsPhrases.discord_managers_only",
}


# What is told of a question that is not answered, by a word in it.
NOT_FOUND: dict[str, dict[str, Any]] = {
    "ganz genau": {"absent_phrases": ("ganz genau so",), "unknown_words": ()},
    "Pourquoi": {"foreign": True, "unknown_words": ()},
    "Akte": {"unread": True},
}


@dataclass(slots=True)
class GermanExpert:
    """A `FindAnswer` that knows two German articles, and looks for one word in the question.

    Attributes:
        may_go_on: Until this is set, a question about patience is not answered.
    """

    may_go_on: threading.Event = field(default_factory=threading.Event)

    def __call__(self, question: str, /, *, folders: tuple[str, ...] = ()) -> Answer:  # noqa: ARG002  -- all articles are always asked
        """What the two articles say."""
        moved, was = in_the_firm(MOVE), in_the_firm(OLD)
        if "platzt" in question:
            raise RuntimeError("niemals zu sehen")
        if "Geduld" in question and not self.may_go_on.wait(timeout=60):
            raise RuntimeError("nobody let it go on")
        if "Firma" in question:
            return Answer(question, (replace(moved, also=(Quote(LONG, 0, 9),)), was))
        if "lang" in question:
            return Answer(question, (Finding(Quote(LONG, 0, len(LONG.text)), None, 0.9),))
        if "Streit" in question:
            return Answer(question, (moved, was), differ=True)
        nothing = Answer(question, closest=(moved.quote,), unknown_words=("Mond",))
        told = (fields for word, fields in NOT_FOUND.items() if word in question)
        return replace(nothing, **next(told, {}))


def in_the_firm(sentence: str) -> Finding:
    """A sentence of the article about the firm, its beginning in bold."""
    start = FIRM.text.index(sentence)
    quote = Quote(FIRM, start, start + len(sentence))
    return Finding(quote, Span(FIRM, start, start + 4), 0.9)


async def walk(stage: Stage, close: Callable[[bool], None], advice: str) -> Shown:
    """Does what can be done on both platforms; returns the first answer.

    `close` closes the channel for the bot, or opens it again; `advice` is what is then said to
    whoever shares an answer.
    """
    stage.may_be_named += ["alice", "bob"]
    first = await stage.alice.asks(WHERE)
    await stage.alice.clicks(await first.reply(), GERMAN.context)
    await first.becomes(lambda shown: GERMAN.less in shown.buttons, "the context")
    await (await stage.alice.asks("Und 1998?", after=first)).reply()
    missing = await stage.alice.asks("Wer war auf dem Mond?")
    await stage.alice.clicks(await missing.reply(), GERMAN.show_closest)
    await missing.becomes(lambda shown: bool(shown.quotes), "the closest passages")
    for question in ("Wie lang ist es?", "Gibt es Streit?", "Was platzt?", ""):
        await (await stage.alice.asks(question)).reply()
    long = "Es war einmal ein Brief. " * 50 + "Gibt es Streit?"
    for message in ("Danke!", f"{WHERE} Wann war der Streit?", long, 'Wo steht "ganz genau so"?'):
        await (await stage.alice.asks(message)).reply()
    for question in ("Pourquoi est-ce fini ?", "Wo ist die Akte?"):
        await (await stage.alice.asks(question)).reply()
    for text in ("Die Firma ist in Wiesbaden.", ""):
        remark = await stage.bob.says(text)
        await (await stage.alice.looks_for_the_source_of(remark)).reply()
    for closed, told in ((False, "fragte:"), (True, advice)):
        private = await (await stage.bob.asks(WHERE, Medium.COMMAND)).reply()
        close(closed)
        await stage.bob.clicks(private, GERMAN.share)
        await stage.sees(has(told), told)
    await stage.alice.asks(WHERE)
    await stage.sees(has(GERMAN.unreachable), "an answer in private")
    close(False)
    return await first.reply()


def has(text: str) -> Callable[[Shown], bool]:
    """Whether a text stands in what is shown."""
    return lambda shown: text in shown.text


def of_a_forgotten_question(shown: Shown) -> Json:
    """The message with the buttons of a question that nobody knows."""
    written = json.dumps(shown.handle)
    known = re.search(r"(?:up:|thumb:)(\w+)", written)
    assert known is not None
    forgotten: Json = json.loads(written.replace(known[1], "f" * len(known[1])))
    return forgotten


def assert_german(sent: Sequence[object], told_elsewhere: set[str]) -> None:
    """Nothing English was sent, and everything German but what is told elsewhere."""
    texts = list(strings_in(sent))
    phrases = translated_phrases()
    english = {name: each.en for name, each in phrases.items() if stand_in(in_english(each), texts)}
    assert english == {}
    untold = {name for name, each in phrases.items() if not stand_in(in_german(each), texts)}
    assert {name for name in untold if not is_in_menus(name)} == told_elsewhere


async def opened_form(stage: Stage, slack: SlackEmulator) -> Json:
    """The newest form on somebody's screen, taken away from it."""
    views = slack.workspace.views
    await stage.driver.until(lambda: bool(views), "a form")
    return views.popitem()[1]


async def make_german(stage: Stage, slack: SlackEmulator, channel: str) -> None:
    """Let Alice set the language of a channel."""
    await slack.people.command(ALICE, channel, "/ask-config", "")
    form = await opened_form(stage, slack)
    await slack.people.submit(ALICE, form, {ENGLISH.settings.language_label: "Deutsch"})


async def told(stage: Stage, slack: SlackEmulator, text: str) -> None:
    """Wait until somebody is told that in private."""
    private = slack.workspace.ephemerals
    await stage.driver.until(lambda: any(text in m["text"] for m in private.values()), text)


async def test_a_german_slack_hears_no_english() -> None:
    expert = GermanExpert()
    async with slack_stage("socket", expert, (FIRM, LONG), KNOWING) as (stage, slack):
        people, direct = slack.people, slack.workspace.direct(ALICE).id
        general = slack.workspace.channel(GENERAL)
        await make_german(stage, slack, GENERAL)
        await make_german(stage, slack, direct)
        before = len(slack.api.calls)

        await people.command(ALICE, GENERAL, "/ask-gaps", "")
        await told(stage, slack, GERMAN.reports.no_gaps)
        await people.command(ALICE, GENERAL, "/ask-status", "")
        await told(stage, slack, GERMAN.reports.nothing_asked)
        slack.workspace.ephemerals.clear()
        answer = await walk(
            stage, lambda closed: setattr(general, "archived", closed), GERMAN.not_shared
        )

        await people.command(BOB, GENERAL, "/ask-config", "")
        await told(stage, slack, GERMAN.settings.slack_admins_only)
        await people.command(ALICE, GENERAL, "/ask-config", "")
        form = await opened_form(stage, slack)
        wrong = {
            GERMAN.settings.threshold_label: "viel",
            GERMAN.settings.folders: "nirgends",
            GERMAN.settings.default_folders: "neue",
        }
        refused = await people.submit(ALICE, form, wrong)
        people.event({"type": "app_home_opened", "user": ALICE, "tab": "home", "channel": direct})
        await stage.driver.until(lambda: ALICE in slack.workspace.homes, "App Home")
        await people.click_view(ALICE, slack.workspace.homes[ALICE], WHERE)
        await stage.driver.until(lambda: bool(slack.workspace.posted(direct)), "its answer")

        await stage.bob.clicks(answer, "👍")
        await told(stage, slack, GERMAN.thanks)
        await stage.bob.clicks(answer, "👎")
        form = await opened_form(stage, slack)
        await people.submit(BOB, form, {GERMAN.why: GERMAN.outdated})
        await people.click(BOB, of_a_forgotten_question(answer), GENERAL, GERMAN.next)
        await told(stage, slack, GERMAN.forgotten)
        await people.command(ALICE, GENERAL, "/ask-gaps", "")
        await told(stage, slack, "nicht gefunden")

        people.say(ALICE, direct, "Geduld?", thread=people.say(ALICE, direct, WHERE))
        shown = slack.workspace.statuses
        await stage.driver.until(lambda: GERMAN.works in shown.values(), "the sign of work")
        expert.may_go_on.set()
        stage.questions.clear()  # reports and refusals stand beside the replies
    calls = [call.args for call in slack.api.calls[before:]]
    assert_german([*calls, *slack.hooks.bodies, refused.answer], TOLD_ELSEWHERE | DISCORD_ONLY)


async def said(stage: Stage, discord: DiscordEmulator, text: str) -> Json:
    """Wait until somebody is told that in private."""
    private = discord.world.ephemerals

    def found() -> list[Json]:
        return [message for message in private.values() if text in visible(message["content"])]

    await stage.driver.until(lambda: bool(found()), text)
    return found()[-1]


async def test_a_german_discord_hears_no_english() -> None:
    async with discord_stage(GermanExpert(), (FIRM, LONG), KNOWING) as (stage, discord):
        people, world = discord.people, discord.world
        alice, bob, here = world.alice, world.bob, world.general
        before = len(discord.rest.calls)

        await people.command(alice, here, "ask-config", language="de")
        await said(stage, discord, GERMAN.settings.usual_threshold)
        for mode in ("questions", "threads", "mention"):
            await people.command(alice, here, "ask-config", mode=mode)
        await said(stage, discord, "DISCORD_MESSAGE_CONTENT")
        await people.command(alice, here, "ask-config", threshold="viel")
        await said(stage, discord, GERMAN.settings.wrong_number)
        await people.command(alice, here, "ask-config", folders="xyz", default_folders="neue")
        await said(stage, discord, "Ähnlich: neues")
        await people.command(alice, here, "ask-config", folders="neues", default_folders="neues")
        await said(stage, discord, GERMAN.settings.folders_hint)
        await people.command(alice, here, "ask-config", folders="*", default_folders="*")
        await people.command(alice, here, "ask-gaps")
        await said(stage, discord, GERMAN.reports.no_gaps)
        await people.command(bob, here, "ask-gaps")
        await said(stage, discord, GERMAN.settings.discord_managers_only)
        await people.command(alice, here, "ask-status")
        await said(stage, discord, GERMAN.reports.nothing_asked)
        world.ephemerals.clear()

        by_role = f"<@&{world.bot_role}> {WHERE}"
        await people.say(bob, here, by_role, mention_roles=[world.bot_role])
        hidden = "Rolle"
        await stage.driver.until(
            lambda: any(hidden in each["content"] for each in world.posted(here)), "the word of it"
        )
        channel = world.channel(here)
        answer = await walk(
            stage, lambda closed: setattr(channel, "closed", 50001 * closed), GERMAN.invite
        )
        await stage.bob.clicks(answer, "👍")
        await said(stage, discord, GERMAN.thanks)
        await stage.bob.clicks(answer, "👎")
        await people.click(bob, await said(stage, discord, GERMAN.why), GERMAN.outdated)
        await people.click(bob, of_a_forgotten_question(answer), GERMAN.next)
        await said(stage, discord, GERMAN.forgotten)
        await people.command(alice, here, "ask-gaps")
        await said(stage, discord, "nicht gefunden")
        stage.questions.clear()  # reports and refusals stand beside the replies
    sent = strings_in([call.sent for call in discord.rest.calls[before:]])
    assert_german([visible(text) for text in sent], TOLD_ELSEWHERE | SLACK_ONLY)


async def test_limits_are_told_in_german() -> None:
    expert = GermanExpert()
    policy = Policy(retry_s=0.2, sweep_s=0.2, queue_limit=1)
    narrow = replace(KNOWING, limit_per_user=1, policy=policy)
    async with slack_stage("socket", expert, (FIRM, LONG), narrow) as (stage, slack):
        await make_german(stage, slack, GENERAL)
        waiting = await stage.alice.asks("Geduld?")
        await stage.alice.asks(WHERE)
        await told(stage, slack, GERMAN.too_many.rpartition("}")[2].strip())
        late = await stage.bob.asks(WHERE)
        await told(stage, slack, GERMAN.busy.partition("{")[0])
        expert.may_go_on.set()
        await waiting.reply()
        await late.reply()
        stage.questions.clear()  # the refused question has no reply


async def test_too_long_a_line_is_told_in_german() -> None:
    expert = GermanExpert()
    full = Policy(retry_s=0.2, sweep_s=0.2, queue_limit=1, max_wait_s=-1.0)  # any wait is too long
    async with slack_stage("socket", expert, (FIRM, LONG), replace(KNOWING, policy=full)) as (
        stage,
        slack,
    ):
        await make_german(stage, slack, GENERAL)
        waiting = await stage.alice.asks("Geduld?")
        await stage.bob.asks(WHERE)
        await told(stage, slack, GERMAN.overloaded.partition("{")[0])
        expert.may_go_on.set()
        await waiting.reply()
        stage.questions.clear()  # who was turned away has no reply
