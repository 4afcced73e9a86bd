"""Mails and mailboxes are turned into Markdown."""

from __future__ import annotations

import datetime
from email.message import EmailMessage

import pytest

from index.documents.formats.contents import UnreadableError
from index.documents.formats.mail import read_eml, read_mbox


def mail(body: str, subject: str = "Pool closed", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Jo Doe <jo@pool.example>"
    message["Date"] = "Fri, 31 May 2024 23:30:00 +0200"
    for name, value in headers.items():
        message[name] = value
    message.set_content(body)
    return message


def mbox(*mails: EmailMessage) -> bytes:
    return b"\n".join(b"From jo Fri May 31 23:30:00 2024\n" + bytes(each) for each in mails)


def test_a_mail_has_a_subject_a_sender_and_a_date() -> None:
    contents = read_eml(bytes(mail("It is *closed*.\n\n* on Monday\n* on Tuesday\n", "Grüße_")))
    assert contents.text == "# Grüße\\_\n\nIt is \\*closed\\*.\n\n- on Monday\n- on Tuesday\n"
    values = contents.metadata.values
    assert values["title"] == "Grüße_"
    assert values["published"] == datetime.date(2024, 5, 31)


def test_the_plain_part_is_preferred_and_attachments_are_left_out() -> None:
    message = mail("Plain words.\n")
    message.add_alternative("<p>Words of the page.</p>", subtype="html")
    message.add_attachment("Attached.", filename="a.txt")
    assert read_eml(bytes(message)).text == "# Pool closed\n\nPlain words.\n"


def test_a_page_is_read_where_there_is_no_plain_part() -> None:
    message = EmailMessage()
    message["Subject"] = "Hours"
    message.set_content("<style>p{}</style><p>From 7 &amp; on.</p><ul><li>daily", subtype="html")
    assert read_eml(bytes(message)).text == "# Hours\n\nFrom 7 & on.\n\n- daily\n"


def test_what_a_single_mail_quotes_stays_as_a_quotation() -> None:
    body = "Yes.\n\nOn 3 May 2024, Al wrote:\n> Is it open?\n>> Ask.\n"
    assert read_eml(bytes(mail(body))).text == (
        "# Pool closed\n\nYes.\n\nOn 3 May 2024, Al wrote:\n\n> Is it open?\n> Ask.\n"
    )


def test_a_mailbox_says_each_thing_once() -> None:
    question = mail("Is the pool open\non Monday?\n", "Pool")
    answer = mail(
        "No.\n\nOn 3 May 2024, Al\n<al@x.example> wrote:\n> Is the pool open\n> on Monday?\n"
        "\n> A line of nobody.\n",
        "Re: Pool",
    )
    assert read_mbox(mbox(question, answer)).text == (
        "# Pool\n\nFrom: Jo Doe · Date: 2024-05-31\n\nIs the pool open\non Monday?\n\n"
        "# Re: Pool\n\nFrom: Jo Doe · Date: 2024-05-31\n\nNo.\n\n> A line of nobody.\n"
    )


def test_the_mail_below_original_message_is_quoted() -> None:
    body = "No.\n\n-----Original Message-----\nFrom: Al\n\nIs the pool open?\n"
    assert read_eml(bytes(mail(body))).text.endswith("No.\n\n> From: Al\n\n> Is the pool open?\n")
    told = read_mbox(mbox(mail("Is the pool open?\n"), mail(body))).text
    assert told.count("Is the pool open?") == 1


def test_a_line_that_begins_with_from_is_no_new_mail() -> None:
    data = mbox(mail("One\nFrom here on.\n\n>From there on.\n"))
    assert read_mbox(data).text.endswith("One\nFrom here on.\n\nFrom there on.\n")


def test_a_wrong_charset_is_no_obstacle() -> None:
    data = b"Subject: =?x-no?q?a?=\nContent-Type: text/plain; charset=utf-8\n\nIt costs \xa34.\n"
    assert "It costs £4." in read_eml(data).text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is no mail"),
        (b"Subject: x\n\n\n", "it holds no text"),
        (b"\n\nno headers", "it is no mail"),
    ],
)
def test_what_is_no_mail_is_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        read_eml(data)


def test_parts_in_parts_without_end_are_refused_or_read() -> None:
    deep = b"Subject: x\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (depth, depth)
        for depth in range(5_000)
    )
    with pytest.raises(UnreadableError):
        read_eml(deep)


def test_a_file_that_is_no_mailbox_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"it is no mailbox: save the mail as \.eml"):
        read_mbox(b"Subject: x\n\nWords.\n")
