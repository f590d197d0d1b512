"""Who wrote to the demo centre last week, and by which way."""

from functions.channels import traits
from shared.domain.address.address import Address
from shared.domain.address.way import Way

# Numbers nobody has: Korea gives out no mobile number that goes on with a zero.
CUSTOMERS = [Address("phone", f"+82100000{n:04}") for n in range(1, 19)]
CUSTOMERS += [Address("visitor", f"01KDEMO00000000000000000{n:02}") for n in range(1, 11)]
WRITERS = tuple(Address("email", f"customer{n}@example.test") for n in range(1, 7))
CUSTOMERS += WRITERS
FIRST_NUMBER = CUSTOMERS[0]
OWN_ADDRESS = "help@shop.example.test"


def channel_of(customer: Address) -> str:
    return next(one.name for one in traits().all if one.address_kind == customer.kind)


def way_of(customer: Address, name: str) -> Way:
    """A mail came to our address, and has a name of its own."""
    channel = channel_of(customer)
    if customer not in WRITERS:
        return Way(channel, customer, reply_to=customer.value)
    thread = f"{name}@mail.example.test"
    return Way(channel, customer, reply_to=customer.value, own_side=OWN_ADDRESS, thread=thread)
