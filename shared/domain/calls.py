"""What a centre decides about telephone calls."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calls:
    """`record`: calls with agents are recorded, after the caller heard that they are; `delete_recordings`:
    at the carrier, once they lie in our bucket; `transcribe`: voicemails are, by the carrier.
    `announce_listening`: both hear that a supervisor came in. `own_phones`: agents may say on their desk
    where they are rung, where the settings name no phone for them. `browser`: they may talk in the browser.
    """

    record: bool = False
    delete_recordings: bool = False
    transcribe: bool = False
    announce_listening: bool = False
    own_phones: bool = True
    browser: bool = False


NO_CALLS = Calls()
