"""A door's process that is killed (SIGKILL) after the queue took its message, and before it counted it."""

import json
import os
import signal
import subprocess
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from infra.local.metrics import metrics_of
from tests.bench.canned import Canned
from tests.bench.loopback import Asked, Loopback
from tests.bench.processes import OURS, environment, process
from tests.support.webhooks import SECRET, event_of, request
from tests.support.whole_scene import NUMBER, OWN_NUMBER, WholeScene

HANDLER = "functions.channels.sms.app.handler"


@dataclass
class Queue(Loopback):
    """Takes every message into `bodies`; while `kills` is set, it kills the sender in place of an answer."""

    bodies: list[str] = field(default_factory=list)
    kills: bool = False
    door: "subprocess.Popen[bytes] | None" = None

    def answer(self, asked: Asked) -> tuple[str, bytes]:
        service, operation, told = asked.call()
        if (service, operation) == ("sqs", "SendMessage"):
            self.bodies.append(told["MessageBody"])
            if self.kills and self.door:
                os.kill(self.door.pid, signal.SIGKILL)
        return super().answer(asked)


def knock(queue: Queue, scene: WholeScene, sid: str) -> tuple[int, str]:
    """An SMS to the door in a process of its own: its exit code, and all that it wrote."""
    asked = request({"MessageSid": sid, "From": NUMBER, "To": OWN_NUMBER, "Body": "Hi", "NumMedia": "0"})
    event = event_of(replace(asked, id=f"request-{sid}"))
    around = environment(scene.stepper.ground.variables("SmsWebhook"), queue.url)
    told = json.dumps({"handler": HANDLER, "event": event}).encode()
    queue.door = process(OURS, told, around)
    assert queue.door.stdout and queue.door.stderr
    written = queue.door.stdout.read().decode()
    return queue.door.wait(), written


def deliver(queue: Queue, scene: WholeScene, written: str) -> None:
    """What lies in the queue goes to the router, and the lines of the door to the log."""
    for line in written.splitlines():
        for _, datum in metrics_of(line):
            names = json.loads(line)["of"].split()
            scene.world.meter.count(datum["MetricName"], int(sum(datum["Values"])), names, channel="sms")
    inbound = scene.ground.url("Inbound")
    for n, body in enumerate(queue.bodies):
        scene.ground.sqs.send_message(
            QueueUrl=inbound, MessageBody=body, MessageGroupId="g", MessageDeduplicationId=f"{n}"
        )
    queue.bodies.clear()
    scene.run()


def test_a_door_killed_between_enqueue_and_count_hides_no_message_that_is_lost() -> None:
    scene = WholeScene()
    scene.world.clock.to(max(scene.world.clock(), datetime.now(UTC)))  # the door has a clock of its own
    queue = Queue(Canned(secret=json.dumps(SECRET)))
    with queue:
        queue.kills = True
        code, written = knock(queue, scene, "SM-killed")
        assert (code, written) == (-signal.SIGKILL, "")
        deliver(queue, scene, written)

        queue.kills = False
        code, written = knock(queue, scene, "SM-lost")
        assert code == 0
        queue.bodies.clear()  # the queue loses what it took
        deliver(queue, scene, written)

    ledger = scene.ledger()
    (line,) = ledger.lines
    assert (line.accepted, line.handled) == (1, 1)
    assert (ledger.lost, ledger.never_counted, ledger.adds_up) == (1, 1, False)
    assert len(scene.timeline(scene.customer(NUMBER))) == 1
