"""What a question wants to see: steps, a whole list, or one fact."""

from __future__ import annotations

import re

_HOW = re.compile(
    r"\bhow (?:do|does|did|can|could|should|would|must|to|might)\b|\bhow (?:is|are) \w+ \w+ed\b"
    r"|\b(?:steps?|procedure|instructions?|process|recipe|workflow|guide)\b"
    r"|\b(?:walk|talk|guide) me through\b|\bwhat (?:do|should|must) (?:i|we|you|one) do\b"
    r"|\bwhat (?:to do|now)\b|\bwas (?:tun|muss ich|mache? ich)\b"
    r"|\bwie (?:kann|soll|muss|geht|wird|werden|man|ich|wir)\b|\b(?:schritte?|anleitung|ablauf)\b",
    re.IGNORECASE,
)
# Questions that a plural follows want all there is: "which colours", "what are the ways".
_ALL = re.compile(
    r"\b(?:what|which)(?: (?!is\b|was\b|does\b|has\b)\w+){0,2}?"
    r" (?!is\b|was\b|does\b|has\b|this\b|its\b|us\b)\w*[^\W\ds]s\b(?! (?:is|was)\b)"
    r"(?!(?<=[ui]s) (?:has|does)\b)"
    r"|\bwhat (?:are|were)\b|\b(?:list|name|enumerate|all|every|everything|each)\b"
    r"|\bwhat (?:kinds?|sorts?|types?|all)\b|\bwhat (?:is|was|comes) (?:included|in)\b"
    r"|\bwhat (?:should|must|can|may|could|else|now|to)\b"
    r"|\bwhat (?:do|does)(?: \w+){1,4} (?:need|contain|include|bring|have|support|offer|provide"
    r"|consist|require|cover|check|get)\b"
    r"|\bwelche\b|\bwas (?:sind|gehört|brauche|alles)\b|\balle\b",
    re.IGNORECASE,
)
# "What time", "which days", "how many" want one item of a list, as does the singular "welcher".
_ONE = re.compile(
    r"\b(?:how (?:many|much|long|often|old|far|big)|what (?:time|day|date|year|version)s?)\b"
    r"|\bwhich one\b|(?:^|\b(?:and|but|until|till|since|from|by|to|with|for|of|at) )\W*"
    r"(?:when|who|whom|whose|where)\b"
    r"|^\W*(?:(?:und|aber|bis|ab|seit|von|mit|für|zu|bei|an) )?"
    r"(?:wer|wen|wem|wann|wo|woher|wohin)\b"
    r"|\bwie ?(?:viele?|lange|oft|alt|weit|groß|hoch|teuer|spät)\b|\bwelche[mrs]\b",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?:commands?|type|run|code|syntax|config\w*|settings?|example|scripts?|snippets?|set|install"
    r"|start|flags?|options?|call|export|variables?|befehle?|einstellung\w*|beispiel)\b",
    re.IGNORECASE,
)


def asks_how(question: str) -> bool:
    """Returns whether a question asks for steps: "how do I reset my badge?"."""
    return bool(_HOW.search(question)) and not re.search(r"\bhow (?:many|much)\b", question, re.I)


def asks_for_one(question: str) -> bool:
    """Returns whether a question asks for one fact: a person, a time, a place, a number."""
    return bool(_ONE.search(question)) and not asks_how(question)


def asks_for_all(question: str) -> bool:
    """Returns whether all items of a list answer a question, and not one of them."""
    return asks_how(question) or (bool(_ALL.search(question)) and not _ONE.search(question))


def asks_for_code(question: str) -> bool:
    """Returns whether code may answer a question: a command, a setting, an example."""
    return asks_how(question) or bool(_CODE.search(question))
