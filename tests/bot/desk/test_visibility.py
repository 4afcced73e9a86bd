"""What a channel may see: hidden folders and uncertain findings stay hidden."""

from __future__ import annotations

from bot.desk.visibility import narrow_to_channel
from bot.state.channel_rules import Rules
from index.documents.article import Article
from index.documents.spans import Quote
from retrieval.about_articles import About
from retrieval.about_wordings import AboutKind
from retrieval.answers import Answer, Finding


def quote(slug: str) -> Quote:
    return Quote(Article(slug, None, "Words."), 0, 6)


def finding(slug: str, confidence: float = 0.9, *also: str) -> Finding:
    return Finding(quote(slug), None, confidence, tuple(quote(other) for other in also))


def slugs(answer: Answer) -> list[str]:
    return [finding.quote.article.slug for finding in answer.findings]


def test_without_rules_the_answer_is_the_very_same() -> None:
    answer = Answer("q", (finding("a/1.txt"),))
    assert narrow_to_channel(answer, Rules()) is answer


def test_only_articles_of_the_folders_are_seen_also_among_the_repeats() -> None:
    answer = Answer("q", (finding("b/1.txt"), finding("a/1.txt", 0.8, "b/2.txt", "a/2.txt")))
    seen = narrow_to_channel(answer, Rules(folders=("a",)))
    assert slugs(seen) == ["a/1.txt"]
    assert [other.article.slug for other in seen.findings[0].also] == ["a/2.txt"]


def test_a_folder_s_name_is_not_the_beginning_of_another_s() -> None:
    answer = Answer("q", (finding("ab/1.txt"),))
    assert not narrow_to_channel(answer, Rules(folders=("a",))).found


def test_hidden_articles_leave_no_trace_in_not_found() -> None:
    answer = Answer("q", closest=(quote("b/1.txt"), quote("a/1.txt")), unknown_words=("moon",))
    seen = narrow_to_channel(answer, Rules(folders=("/a/",)))
    assert [near.article.slug for near in seen.closest] == ["a/1.txt"]
    assert seen.unknown_words == ()


def test_less_certain_findings_are_left_out_and_a_single_finding_does_not_differ() -> None:
    answer = Answer("q", (finding("1.txt", 0.9), finding("2.txt", 0.4)), differ=True)
    seen = narrow_to_channel(answer, Rules(threshold=0.5))
    assert slugs(seen) == ["1.txt"]
    assert not seen.differ


def test_the_records_of_hidden_articles_are_not_seen() -> None:
    hidden, shown = quote("b/1.txt").article, quote("a/1.txt").article
    answer = Answer("q", about=About(AboutKind.AUTHOR, (hidden, shown)))
    seen = narrow_to_channel(answer, Rules(folders=("a",))).about
    assert seen == About(AboutKind.AUTHOR, (shown,))
    assert narrow_to_channel(answer, Rules(folders=("c",))).about is None
    assert narrow_to_channel(answer, Rules(threshold=0.5)).about is answer.about
