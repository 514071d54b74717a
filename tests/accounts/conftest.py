"""What the tests of this room share."""

from tests.kernel.conftest import committed as committed
