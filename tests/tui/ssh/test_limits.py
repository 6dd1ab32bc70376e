"""The gate counts right whatever comes: nobody is counted twice, nobody for ever."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.ssh.limits import ADDRESSES, Gate, Limits, Refusal
from tui.ssh.refusal import packet, sentence


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_one_address_cannot_take_all_places() -> None:
    gate = Gate(Limits(waiting=5, waiting_per_address=3), Watch())
    assert [gate.knock("a") for _ in range(4)] == [None, None, None, Refusal.ADDRESS_BUSY]
    assert [gate.knock("b"), gate.knock("c"), gate.knock("d")] == [None, None, Refusal.FULL]
    gate.passed("a", known=True)
    assert gate.knock("d") is None


def test_tries_run_out_come_back_with_time_and_are_forgiven_with_a_known_key() -> None:
    watch = Watch()
    gate = Gate(Limits(tries=2, tries_back_per_second=0.1), watch)

    def come(known: bool) -> Refusal | None:
        if refusal := gate.knock("a"):
            return refusal
        gate.passed("a", known=known)
        return None

    assert [come(False), come(False), come(False)] == [None, None, Refusal.TOO_MANY_TRIES]
    watch.seconds = 10.0
    assert [come(False), come(False)] == [None, Refusal.TOO_MANY_TRIES]
    watch.seconds = 20.0
    assert come(True) is None
    assert [come(False), come(False), come(False)] == [None, None, Refusal.TOO_MANY_TRIES]


def test_what_is_remembered_of_addresses_is_bounded() -> None:
    gate = Gate(Limits(), Watch())
    for number in range(ADDRESSES + 100):
        assert gate.knock(str(number)) is None
        gate.passed(str(number), known=False)
    assert len(gate._tries) == ADDRESSES
    assert gate.waiting == 0


@given(st.sampled_from(Refusal))
def test_every_refusal_has_a_sentence_that_fits_the_packet(refusal: Refusal) -> None:
    greeting, _newline, binary = packet(sentence(refusal)).partition(b"\r\n")
    assert greeting == b"SSH-2.0-Koppeldesk"
    assert len(binary) == 4 + int.from_bytes(binary[:4]) and len(binary) % 8 == 0
    assert sentence(refusal).encode() in binary
