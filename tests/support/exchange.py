"""A telephone exchange for a scene in memory: it carries out our TwiML as far as tests need it, and tells of
its calls by signed requests as the carrier does. Time is the test's: nothing here waits.

    exchange = Exchange(scene)
    line = exchange.ring("+821055500101")
    line.press("4")
    scene.run()
    phone = exchange.ringing("+821055500201")
    phone.pick_up()
"""

import json
from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode, urlsplit

from infra.local.stepper import Answered, Fault
from shared.domain.channel.carriage import HttpAnswer, HttpCall, NoAnswer, NotSent
from tests.support.line import Line, parsed
from tests.support.webhooks import ACCOUNT, FORM, SECRET, request
from tests.support.whole_scene import WholeScene

DOOR, OPERATOR = "VoiceSpeakingWebhook", "VoiceSender"
OWN = "+15005550009"
AGENT_PHONE = "+821055500201"
Answer = HttpAnswer | NotSent | NoAnswer


class Exchange:
    """The carrier of a scene's calls. `asked` are the requests it was sent, `answers` what it does with the
    next ones: an HttpAnswer (or NoAnswer) in the place of its own, first come first.
    """

    def __init__(self, scene: WholeScene) -> None:
        self.scene = scene
        self.lines: list[Line] = []
        self.asked: list[HttpCall] = []
        self.answers: list[Answer | None] = []
        self.recordings: dict[str, str] = {}
        told = scene.stepper.ground.variables
        secret = SECRET | {"from_number": OWN}
        for name, variable in ((DOOR, "CHANNEL_SECRET_ID"), (OPERATOR, "CHANNEL_SECRET_ID")):
            scene.world.secrets.rotate(told(name)[variable], secret)
        scene.world.secrets.rotate(told("MediaFetcher")["VOICE_SECRET_ID"], secret)
        self._others = scene.world.http.answer
        scene.world.http.answer = self

    def ring(self, number: str, **more: str) -> Line:
        """A customer calls our number."""
        line = Line(self, f"CA{len(self.lines) + 1:032}", number, OWN, status="in-progress")
        self.lines.append(line)
        line.follow("/webhooks/voice", {"CallStatus": "ringing", **more})
        return line

    def ringing(self, number: str) -> Line:
        """The line that rings at this number now."""
        (line,) = [one for one in self.lines if one.to == number and one.status == "ringing"]
        return line

    def in_room(self, room: str) -> list[Line]:
        return [line for line in self.lines if line.room == room and line.at == "dial"]

    def tells(self, url: str, line: Line, told: Mapping[str, str], fault: Fault | None = None) -> Answered:
        """A signed request about a line."""
        parts = urlsplit(url)
        form = {"CallSid": line.sid, "AccountSid": ACCOUNT, "From": line.from_, "To": line.to}
        form |= {"Direction": line.direction, "CallStatus": line.status, "ApiVersion": "2010-04-01", **told}
        made = request(urlencode(form), parts.path, parts.query)
        headers = dict(made.headers) | {"content-type": FORM}
        return self.scene.doors.post(parts.path, made.body, headers, parts.query, fault)

    # ------------------------------------------------------------------ REST

    def __call__(self, call: HttpCall) -> Answer:
        path = urlsplit(call.url).path
        if not ("/Calls" in path or "/Recordings" in path):
            return self._others(call)
        self.asked.append(call)
        if self.answers and (answer := self.answers.pop(0)) is not None:
            return answer
        return self._carried(call, path)

    def _carried(self, call: HttpCall, path: str) -> HttpAnswer:
        form = parse_qs(call.body.decode())
        tail = path.rpartition(f"/Accounts/{ACCOUNT}/")[2].removesuffix(".json")
        match call.method, tail.split("/"):
            case "POST", ["Calls"]:
                return self._dialled(form)
            case "GET", ["Calls"]:
                return self._listed(parse_qs(urlsplit(call.url).query))
            case "POST", ["Calls", sid]:
                return self._told(sid, form)
            case "POST", ["Calls", sid, "Recordings"]:
                return self._records(sid, form)
            case "POST", ["Calls", sid, "Recordings", _]:
                return HttpAnswer(200, json.dumps({"sid": f"RE{sid[2:]}", **_firsts(form)}).encode())
            case "DELETE", ["Recordings", sid]:
                self.recordings[sid] = "deleted"
                return HttpAnswer(204, b"")
        return HttpAnswer(404, b'{"code": 20404, "message": "not found", "status": 404}')

    def _dialled(self, form: Mapping[str, list[str]]) -> HttpAnswer:
        told = _firsts(form)
        line = Line(self, f"CA{len(self.lines) + 1:032}", told["From"], told["To"], "outbound-api")
        line.callback = told.get("StatusCallback", "")
        line.rest = parsed(told["Twiml"])
        self.lines.append(line)
        return HttpAnswer(201, json.dumps(_resource(line)).encode())

    def _listed(self, asked: Mapping[str, list[str]]) -> HttpAnswer:
        to = asked.get("To", [""])[0]
        found = [_resource(line) for line in self.lines if line.to == to]
        return HttpAnswer(200, json.dumps({"calls": found, "next_page_uri": None}).encode())

    def _told(self, sid: str, form: Mapping[str, list[str]]) -> HttpAnswer:
        told, line = _firsts(form), next(line for line in self.lines if line.sid == sid)
        if line.status not in ("in-progress", "ringing"):
            return HttpAnswer(400, b'{"code": 21220, "message": "Call is not in-progress", "status": 400}')
        if told.get("Status") == "completed":
            line.ends()
        elif "Twiml" in told:
            line.runs(told["Twiml"])
        return HttpAnswer(200, json.dumps(_resource(line)).encode())

    def _records(self, sid: str, form: Mapping[str, list[str]]) -> HttpAnswer:
        recording = f"RE{sid[2:]}"
        self.recordings[recording] = _firsts(form).get("RecordingStatusCallback", "")
        return HttpAnswer(201, json.dumps({"sid": recording, "status": "in-progress"}).encode())


def _firsts(form: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: values[0] for name, values in form.items()}


def _resource(line: Line) -> dict[str, str]:
    told = {"sid": line.sid, "to": line.to, "from": line.from_, "status": line.status}
    return told | {"direction": line.direction, "start_time": "Mon, 05 Jan 2026 00:00:00 +0000"}
