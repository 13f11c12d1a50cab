"""Telling: whoever the operator named hears how a night ended, with counts and without anything about anybody.

``message`` what is said; ``send`` how it gets there, by Apprise: mail, 企业微信, 钉钉 and whatever else has an address.
"""

from flows.telling.message import Message, Waiting, message_of
from flows.telling.send import send, tell_of

__all__ = ["Message", "Waiting", "message_of", "send", "tell_of"]
