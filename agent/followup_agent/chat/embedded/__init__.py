"""A language model in this process: no server, no key, no network port.

xllamacpp, which is llama.cpp as a Python extension, is imported by the first request.
"""

from followup_agent.chat.embedded.model import EmbeddedModel, embedded_model

__all__ = ["EmbeddedModel", "embedded_model"]
