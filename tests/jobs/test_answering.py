"""What may be answered, and to whom."""

from __future__ import annotations

import pytest
from checks import any_account

from smsdesk.domain.errors import InputProblem
from smsdesk.gateway.wire import normal_mobile
from smsdesk.jobs import answering


@pytest.mark.parametrize("sender", ["13800000001,13900000002", "10690000", "", "86 13800000001"])
def test_only_a_number_is_answered_as_the_store_has_it(sender: str) -> None:
    with pytest.raises(InputProblem, match="no answer can be sent"):
        answering.order(any_account(), sender, "好的", "回复")


@pytest.mark.parametrize("spelled", ["86 13800000001", "138-0000-0001", "１３８０００００００１", "+86 138 0000 0001"])
def test_a_sender_is_one_number_however_the_gateway_spells_it(spelled: str) -> None:
    assert normal_mobile(spelled) == "13800000001"
