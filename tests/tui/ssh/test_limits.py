"""The gate counts right whatever comes: nobody is counted twice, nobody for ever."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.ssh.limits import ADDRESSES, Admitted, Gate, Limits, Refusal
from tui.ssh.refusal import packet, sentence


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def places(gate: Gate, *addresses: str) -> list[str]:
    """Knock from each address; return what came of it: in, a refusal, or whose place was taken."""
    return [outcome(gate.knock(address)) for address in addresses]


def outcome(answer: Admitted | Refusal) -> str:
    if isinstance(answer, Refusal):
        return answer.value
    return f"instead of {answer.instead_of.address}" if answer.instead_of else "in"


def test_one_address_cannot_take_all_places() -> None:
    gate = Gate(Limits(waiting=5, waiting_per_address=3), Watch())
    assert places(gate, "a", "a", "a", "a") == ["in", "in", "in", "full"]
    assert places(gate, "b", "c", "d") == ["in", "in", "full"]


def test_who_waits_for_nothing_makes_room_for_a_newcomer() -> None:
    watch = Watch()
    gate = Gate(Limits(waiting=3, waiting_per_address=2, patience=2.0), watch)
    assert places(gate, "a", "a", "b") == ["in", "in", "in"]
    watch.seconds = 2.0
    assert places(gate, "a", "c", "c") == ["instead of a", "instead of a", "instead of b"]
    assert places(gate, "d") == ["full"]
    assert gate.waiting == 3


def test_tries_run_out_come_back_with_time_and_are_forgiven_with_a_known_key() -> None:
    watch = Watch()
    gate = Gate(Limits(tries=2, tries_back_per_second=0.1), watch)

    def come(known: bool) -> str:
        answer = gate.knock("a")
        if isinstance(answer, Admitted):
            gate.passed(answer.ticket, known=known)
        return outcome(answer)

    assert [come(False), come(False), come(False)] == ["in", "in", "too many tries"]
    watch.seconds = 10.0
    assert [come(False), come(False)] == ["in", "too many tries"]
    watch.seconds = 20.0
    assert come(True) == "in"
    assert [come(False), come(False), come(False)] == ["in", "in", "too many tries"]


def test_what_is_remembered_of_addresses_is_bounded() -> None:
    gate = Gate(Limits(), Watch())
    for number in range(ADDRESSES + 100):
        answer = gate.knock(str(number))
        assert isinstance(answer, Admitted)
        gate.passed(answer.ticket, known=False)
    assert len(gate._tries) == ADDRESSES
    assert gate.waiting == 0


@given(st.sampled_from(Refusal))
def test_every_refusal_has_a_sentence_that_fits_the_packet(refusal: Refusal) -> None:
    greeting, _newline, binary = packet(sentence(refusal)).partition(b"\r\n")
    assert greeting == b"SSH-2.0-Koppeldesk"
    assert len(binary) == 4 + int.from_bytes(binary[:4]) and len(binary) % 8 == 0
    assert sentence(refusal).encode() in binary
