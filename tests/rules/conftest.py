"""What is found in the cases of a part of the notice, judged once."""

import pytest

from tests.rules.cases import judge


@pytest.fixture(scope="module")
def found(request):
    """Each case of the module → its findings."""
    return judge(request.module.CASES)
