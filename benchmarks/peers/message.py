"""The message that all libraries are asked for."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Message(BaseModel):
    """A thank-you's parts; one that is blank is missing."""

    subject: str = Field(min_length=1)
    greeting: str = Field(min_length=1)
    gratitude: str = Field(min_length=1)
    key_points: str = Field(min_length=1)
    fit: str = Field(min_length=1)
    interest: str = Field(min_length=1)
    closing: str = Field(min_length=1)


#: The parts that the server leaves out in turn; without the one that the guide does not require.
LEFT_OUT = ("subject", "greeting", "gratitude", "key_points", "interest", "closing")
#: How often a library may ask again.
REASKS = 3
MODEL = "gpt-4.1-mini"
