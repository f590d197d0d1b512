"""Files that are attached at the desk, when the reply turns to another channel."""

from typing import Any

from tests.support import node

pytestmark = node.needs_node

PRELUDE = """
globalThis.document = { documentElement: {}, adoptedStyleSheets: [] };
globalThis.navigator = { language: "en" };
globalThis.BroadcastChannel = class {};
const asked = [];
globalThis.fetch = async (path, { body }) => {
  const { channel, beside } = JSON.parse(body);
  asked.push([channel, beside.length]);
  const carried = channel === "chat";
  const told = carried ? {} : { error: { code: "no_files_there", message: "Not there." } };
  return { ok: carried, status: carried ? 200 : 422, headers: new Map(), json: async () => told };
};
const { Attachments } = await import("%/desk/attachments.js");
const files = new Attachments({ announce: () => {} });
const settled = () => new Promise((then) => setTimeout(then, 5));
files.restore("K", [{ id: "1", name: "a.png", type: "image/png", size: 5, channel: "chat" }]);
"""


def run(script: str) -> Any:
    return node.run(PRELUDE + script)


def test_another_channel_is_asked_once_and_its_refusal_stands_until_the_reply_turns_back() -> None:
    seen = run("""
        const states = [];
        for (const channel of ["chat", "sms", "sms", "chat"]) {
          files.check("K", channel);
          await settled();
          states.push(files.of("K")[0].state, files.of("K")[0].reason ?? "");
        }
        say([states, asked, files.take("K")]);
    """)

    states, asked, taken = seen
    assert states == ["there", "", "refused", "Not there.", "refused", "Not there.", "there", ""]
    assert asked == [["sms", 0], ["chat", 0]]
    assert taken == [{"id": "1", "name": "a.png", "type": "image/png", "size": 5}]
