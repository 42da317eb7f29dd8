import pytest

from accounts.models import Organization
from tests.factories.accounts import OrganizationFactory


@pytest.fixture
def town() -> Organization:
    """An organization that receives notices."""
    return OrganizationFactory.create()
