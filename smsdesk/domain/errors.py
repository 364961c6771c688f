"""What can go wrong, as types. Every one carries a sentence for people.

Problem                     anything that a person is told
├── InputProblem            the file, text, number or call given is wrong; nothing was changed
│   └── SheetProblem        a spreadsheet or text file that cannot be read
├── StoreProblem            the store
│   ├── StoreBusy           another program holds what this one needs
│   ├── StoreNewer          written by a later version of SMS Desk
│   └── StoreDamaged        cannot be opened, or is no store
├── PasswordProblem         no password, or no keyring to keep it in
├── Cancelled               the person stopped the work
└── GatewayProblem          see gateway.errors, which tells apart what is known of the messages
"""

from __future__ import annotations

from smsdesk.domain.words import Words


class Problem(Exception):
    """Something that a person is told. `words` is the sentence: what happened, and what to do."""

    def __init__(self, words: Words):
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return str(self.words)


class InputProblem(Problem):
    """What was given is wrong. Nothing was changed."""


class SheetProblem(InputProblem):
    """A recipient file that cannot be read."""


class StoreProblem(Problem):
    """The store cannot be used."""


class StoreBusy(StoreProblem):
    """Another program holds what this one needs."""


class StoreNewer(StoreProblem):
    """The store was written by a later version of SMS Desk."""


class StoreDamaged(StoreProblem):
    """The file is no store, or cannot be opened."""


class PasswordProblem(Problem):
    """There is no password, or no keyring to keep it in."""


class Cancelled(Problem):
    """The person stopped the work."""

    def __init__(self) -> None:
        super().__init__(Words("已取消。", "Cancelled."))


class GatewayProblem(Problem):
    """A request to the gateway did not succeed; `gateway.errors` has the kinds."""
