"""The use cases, without Qt: what the window and `smsdeskctl` have in common.

Long ones take `stop`, an event that a person's Cancel sets, and `tell`, which takes frozen dataclasses that say how
far they are.
"""
