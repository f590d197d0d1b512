"""A customer is their root and its members: the card and the timeline show all of it."""

from shared.domain.address.address import Address
from shared.domain.address.readable import display
from shared.domain.change import ANY, Put
from shared.domain.channel.arrival import CodeRequest
from shared.domain.customer.evidence import Profile
from shared.use_cases.desk.see_customer import SeeCustomer
from shared.use_cases.desk.see_work import SeeWork
from tests.support.rule_scene import NUMBER, RuleScene


def merged() -> RuleScene:
    """Six lines by chat, two by SMS, then one customer."""
    scene = RuleScene()
    scene.sms("SMS one")
    scene.sms("SMS two")
    for n in range(6):
        scene.world.clock.advance(1)
        scene.chat(f"Chat {n}")
    scene.proves()
    return scene


def see(scene: RuleScene) -> SeeCustomer:
    return SeeCustomer(scene.world.store, scene.world.now)


def test_either_id_shows_both_addresses_and_both_cases() -> None:
    scene = merged()
    root, (member,) = scene.head().customer_id, scene.head().members

    card, same = see(scene).card(root, "en"), see(scene).card(member, "en")

    assert card == same
    assert (card.customer_id, card.version) == (root, scene.head().version)
    assert {(a.kind, a.strength, a.evidence) for a in card.addresses} == {
        ("phone", "proven", "code"),
        ("visitor", "proven", "arrived"),
    }
    assert len(card.addresses) == 2
    assert {way.channel for way in card.reply_channels} == {"sms", "chat"}
    assert len(card.cases) == 2


def test_pages_put_together_are_the_whole_timeline_without_repeats() -> None:
    scene = merged()
    customer, after, shown = scene.head().customer_id, 0, []

    while True:
        page = see(scene).entries(customer, after, 3)
        shown += [(line.customer_id, line.seq) for line in page.items]
        if page.next is None:
            break
        after = page.next

    assert sorted(shown) == sorted((e.timeline, e.seq) for e in scene.entries())


def test_a_page_is_in_the_order_things_happened() -> None:
    scene = merged()

    page = see(scene).entries(scene.head().customer_id, 0, 100)

    texts = [line.text for line in page.items if line.kind == "message_received"]
    assert texts[:4] == ["SMS one", "SMS two", "Chat 0", "Chat 1"]
    assert page.next is None


def test_after_n_shows_only_what_came_later() -> None:
    scene = merged()
    version = scene.head().version
    scene.sms("News")

    page = see(scene).entries(scene.head().customer_id, version, 100)

    assert [line.text for line in page.items] == ["News"]


def test_an_offer_names_the_agent_it_was_made_to() -> None:
    scene = RuleScene()
    scene.taken()

    page = see(scene).entries(scene.head().customer_id, 0, 100)

    assert [line.facts["agent_name"] for line in page.items if line.kind == "offer_made"] == ["Agent One"]


def test_a_claim_is_shown_as_one_and_cannot_be_answered() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.does(CodeRequest(NUMBER))

    card = see(scene).card(scene.visitor_head().customer_id, "en")

    assert {(a.kind, a.strength) for a in card.addresses} == {("visitor", "proven"), ("phone", "claimed")}
    assert [way.channel for way in card.reply_channels] == ["chat"]


def test_a_customer_with_a_name_is_called_by_it() -> None:
    scene = RuleScene()
    scene.taken()
    customer = scene.head().customer_id
    scene.world.store.commit(Put(Profile(customer, "Customer Seven"), over=ANY))

    work = SeeWork(scene.world.store, scene.world.now)(scene.agent(), "en")

    assert see(scene).card(customer, "en").name == "Customer Seven"
    assert work.cases[0].customer_name == "Customer Seven"


def test_after_a_merge_the_work_stands_under_the_root() -> None:
    scene = RuleScene()
    scene.sms("One")
    scene.chat("Two")
    scene.hire()
    for _ in range(2):
        scene.assign()
        scene.accept()
    scene.proves()

    work = SeeWork(scene.world.store, scene.world.now)(scene.agent(), "en")

    assert {item.customer_id for item in work.cases} == {scene.head().customer_id}
    assert len(work.cases) == 2


def test_addresses_read_as_people_write_them() -> None:
    shown = [
        ("phone", "+821012345678", "KR", "010-1234-5678"),
        ("phone", "+15005550006", "KR", "+1 500-555-0006"),
        ("phone", "short-114", "KR", "114"),
        ("phone", "name-Shop", "KR", "Shop"),
        ("phone", "withheld-E1", "KR", "Withheld number"),
        ("visitor", "01kdemo0000000000000000abc", "KR", "Web visitor 0ABC"),
        ("email", "one@example.test", "KR", "one@example.test"),
    ]

    for kind, value, region, words in shown:
        assert display(Address(kind, value), region, "en") == words
