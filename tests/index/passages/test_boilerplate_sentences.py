"""Sentences that a web page printed around its article."""

from __future__ import annotations

from pathlib import Path

from index.documents.article import Article
from index.documents.folder import read_articles
from index.passages.boilerplate_sentences import find_boilerplate
from index.passages.sentences import split_sentences

SEEDS = Path(__file__).parents[3] / "seeds"


def test_what_a_page_prints_around_its_article_is_boilerplate() -> None:
    text = (
        "Photo/AFP/Getty Images\nPublished on\nNovember 19, 2024\nMust read\nThe prose is here.\n"
        "Leave a Reply\nRead more:\n- The other story of the day\n- A third one\nLatest article\n"
        "Exit mobile version"
    )
    sentences = split_sentences(Article("a.txt", None, text))
    kept = [s.text for row, s in enumerate(sentences) if row not in find_boilerplate(sentences)]
    assert kept == ["The prose is here."]


def test_the_prose_of_the_seeds_is_not_boilerplate() -> None:
    articles = [each for each in read_articles(SEEDS) if isinstance(each, Article)]
    sentences = [sentence for article in articles for sentence in split_sentences(article)]
    marked = {sentences[row].text for row in find_boilerplate(sentences)}

    assert {
        "Published on",
        "Must read",
        "Leave a Reply",
        "Roman Pilipei/AFP/Getty Images",
    } <= marked
    prose = {sentence.text for sentence in sentences if len(sentence.text) > 120}
    assert marked & prose == set()
