"""Strategies: texts in which what a target looks for is likely, among anything else."""

from __future__ import annotations

from hypothesis import strategies as st

# No half surrogates: no platform delivers them, and no file decodes to them.
LETTERS = st.characters(exclude_categories=["Cs"])
ANYTHING = st.text(LETTERS, max_size=60)
RUBBISH = st.binary(max_size=40)


def mixed(*parts: str, max_size: int = 12) -> st.SearchStrategy[str]:
    """Returns texts in which these parts stand one after the other, and between them anything."""
    piece = st.one_of(st.sampled_from(parts), ANYTHING)
    return st.lists(piece, max_size=max_size).map("".join)


SLACK = mixed(
    "<@U0BOT>", "<@U0BOT|bot>", "<#C1|general>", "<!channel>", "<!subteam^S1|@team>", "<a|b>",
    "<!date^1^x|y>", "<http://a.example|text>", "<mailto:a@b.c>", "<", ">", "|",
    "&lt;", "&gt;", "&amp;", "&amp;lt;",
    "*", "_", "~", "`", "```", ":wave:", ":skin-tone-2:", "> ", "\n", "?",
)  # fmt: skip
DISCORD = mixed(
    "<@1>", "<@!1>", "<@&1>", "<#1>", "<:name:1>", "<a:name:1>", "<t:1:R>", "</ask:1>",
    "<id:guide>", "@everyone", "https://", "[a](", ")", "**", "__", "~~", "||", "`", "\\",
    "# ", "> ", ">>> ", "- ", "-# ", "1. ", ":wave:", "\n", "\r", "\u2028", "😀", "?",
)  # fmt: skip
QUESTION = mixed(
    "Where is ", "how many ", "who ", "the HQ", "headquarters", "headquartes", "\"", "“", "”", "«",
    "?", "？", ". ", "! ", "US", "pop", "1,000", "$5m", "Wiesbaden", "its ", "\n", "\u200b",
    "ﬁ", "İ",
)  # fmt: skip
YAML = mixed(
    "---\n", "---", "...\n", "title: ", "published: ", "date: ", "url: ", "2024-02-30",
    "2024-11-19", "10000-01-01", "0000-00-00", "2024-11-19T25:00:00Z",
    "!!python/object:os.system ", "!x ",
    "&a ", "*a", "<<: ", "- ", "[", "{", "}", "]", ": ", "|\n", ">\n", "\n", "\r\n", "\t", "\ufeff",
    "'", '"', "null", "12:30:45", "1e999", ".nan", "0x", "# ", "A headline\n", "\x00", "\x85",
)  # fmt: skip
JSON = mixed(
    '{"question": "', '"}', "{", "}", "[", "]", '"id": ', '"question"', ": ", ", ", "null", "1e999",
    "NaN", '"\\ud800"', '"\\u0000"', "\n", "\r", "\x85", "\u2028", "plain text", " ", "\x1c",
)  # fmt: skip
TOKENS = st.sampled_from(
    (
        "xoxb-12345-67890-AbCdEf",
        "xapp-1-A02-99-abcdef",
        "xoxe.xoxb-1-Mi0yLTE",
        "https://hooks.slack.com/commands/T1/2/Zm9vYmFy",
    )
)
