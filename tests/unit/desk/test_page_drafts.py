"""What an agent is writing: by which way it goes, and that none of it is lost. Storage is forbidden here."""

from typing import Any

from tests.support import node

pytestmark = node.needs_node


def run(script: str) -> Any:
    return node.run(f'import {{ Drafts }} from "%/desk/drafts.js";\nconst drafts = new Drafts();\n{script}')


def test_a_text_goes_along_to_another_way_unless_one_stands_there() -> None:
    seen = run("""
        drafts.write("K", "sms", "by SMS");
        drafts.follow("K", "chat");
        const alone = drafts.of("K").texts;
        drafts.write("K", "sms", "another by SMS");
        drafts.follow("K", "chat");
        say([alone, drafts.of("K").texts]);
    """)

    assert seen == [{"chat": "by SMS"}, {"chat": "by SMS", "sms": "another by SMS"}]


def test_a_text_whose_way_is_gone_is_written_on_by_another_behind_what_stands_there() -> None:
    seen = run("""
        drafts.write("K", "sms", "first");
        drafts.write("K", "chat", "second");
        drafts.gather("K", "chat", ["chat"]);
        say(drafts.of("K").texts);
    """)

    assert seen == {"chat": "second\nfirst"}


def test_a_note_never_becomes_a_reply() -> None:
    seen = run("""
        drafts.write("K", "note", "for staff");
        drafts.gather("K", "chat", ["chat"]);
        drafts.follow("K", "chat");
        say([drafts.text("K", "chat"), drafts.text("K", "note")]);
    """)

    assert seen == ["", "for staff"]


def test_each_case_has_its_own_text_and_the_sign_out_forgets_all() -> None:
    seen = run("""
        drafts.write("K", "sms", "one");
        drafts.write("L", "sms", "two");
        const both = [drafts.text("K", "sms"), drafts.text("L", "sms")];
        drafts.forget();
        say([both, drafts.text("K", "sms")]);
    """)

    assert seen == [["one", "two"], ""]
