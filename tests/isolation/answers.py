"""What makes one answer like another: all of it but what differs between any two requests, and what was typed."""

import re
from typing import Any

# Of every request its own: nonces, form tokens, ids, the time.
_OWN = re.compile(r'(nonce="|value="|name="|content="|"X-CSRFToken": ")[\w+/=-]{24,64}"')
_OWN_HEADERS = {"x-request-id", "content-security-policy", "date", "expires", "last-modified", "content-length"}


def seen(answer: Any, *typed: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body, without what is every request's own and without what this person typed."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = _OWN.sub("", body.decode("utf-8", "replace"))
    headers = {name.lower(): value for name, value in answer.headers.items() if name.lower() not in _OWN_HEADERS}
    for word in sorted(filter(None, typed), key=len, reverse=True):
        text = text.replace(word, "…")
        headers = {name: value.replace(word, "…") for name, value in headers.items()}
    return answer.status_code, headers, text
