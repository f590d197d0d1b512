"""A recording as a file to listen to."""

from infra.local.providers.voice.pieces import Piece
from infra.local.providers.voice.recordings import CALLER, OTHERS, Recording
from infra.local.providers.voice.speech import spoken
from infra.local.providers.voice.wave_file import RATE, mixed, written


def wav(recording: Recording, channels: int) -> bytes:
    """Takes a moment: words are spoken now."""
    tracks = [bytes(real) or made for real, made in zip(recording.tracks, _made(recording), strict=True)]
    longest = max(len(track) for track in tracks)
    if recording.wish.source == "RecordVerb":
        tracks[OTHERS] = b""
    tracks = [track.ljust(longest, b"\0") for track in tracks]
    return written(tracks if channels == 2 else [mixed(tracks)])


def _made(recording: Recording) -> list[bytes]:
    """One after the other: while one channel speaks the other is silent."""
    tracks: list[bytes] = [b"", b""]
    for channel, piece in recording.pieces:
        sound = _sound(piece)
        tracks[channel] += sound
        tracks[OTHERS if channel == CALLER else CALLER] += bytes(len(sound))
    return tracks if any(tracks) else [bytes(2 * RATE), bytes(2 * RATE)]


def _sound(piece: Piece) -> bytes:
    if piece.sound is None:
        return spoken(piece.text, piece.language)
    return piece.sound.samples or bytes(2 * int(piece.sound.seconds * RATE))
