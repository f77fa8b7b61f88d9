"""One small protocol for every model, and what passes over it.

Nothing here imports an SDK or a model library: `resolve` does that when a
model is really wanted.
"""

from followup_agent.chat.protocol import (
    ChatModel,
    Profile,
    Reply,
    Request,
    Turn,
    Usage,
)
from followup_agent.chat.resolve import resolve_model
from followup_agent.chat.scripted import ScriptedModel

__all__ = [
    "ChatModel",
    "Profile",
    "Reply",
    "Request",
    "ScriptedModel",
    "Turn",
    "Usage",
    "resolve_model",
]
