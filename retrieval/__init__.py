"""From a question to an Answer made of spans of the articles."""
