"""Letters arrive once: past refusals, broken lines, restarts and kills, over SMTP or in a Maildir."""

from __future__ import annotations

import asyncio
import mailbox
import ssl
from collections import Counter
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest

from core.errors import Damaged, TryLater
from core.mail.items import Post
from core.mail.outbox import Outbox
from core.model import Administrator
from tests.core.desk.office import SetClock
from tests.core.mail.posting import BOS, PEN, a_letter, post_office
from tests.core.mail.server import Mailbox, line_that_breaks, smtp_server


async def test_each_letter_arrives_once_with_text_and_html_also_after_a_restart(tmp_path: Path) -> None:
    clock, box = SetClock(), Mailbox()
    async with smtp_server(box) as port:
        post_office(tmp_path, clock, port).send(a_letter(), [BOS, PEN])
        for _restart in range(2):
            post = post_office(tmp_path, clock, port)
            post.send(a_letter(), [BOS, PEN])
            await post.round()
    assert sorted(str(message["To"]) for message in box.arrived) == [
        '"J. Bos" <j.bos@regenboog.example>',
        '"P. Pen" <p.pen@regenboog.example>',
    ]
    parts = {part.get_content_type(): part.get_content() for part in box.arrived[0].iter_parts()}
    assert "Klik linksonder op afnemen" in parts["text/plain"]
    assert "<li>Klik linksonder op afnemen" in parts["text/html"]
    assert {item.state for item in post.items()} == {Post.SENT}


async def test_later_is_tried_later_and_never_is_shown_to_a_person(tmp_path: Path) -> None:
    clock, box = SetClock(), Mailbox(answers=["451 druk", "", "550 onbekend adres"])
    async with smtp_server(box) as port:
        post = post_office(tmp_path, clock, port)
        for number in (1, 2, 3):
            post.send(a_letter(number), [BOS])
        done = await post.round()
        assert (done.sent, done.later, done.refused) == (1, 1, 1)
        assert await post.round() == await post.round()
        assert len(box.arrived) == 1
        clock.pass_by(minutes=2)
        await post.round()
        assert len(box.arrived) == 2
        (refused,) = [item for item in post.items() if item.state is Post.REFUSED]
        assert refused.detail == "550 onbekend adres"
        post.again(refused, "anne")
        await post_office(tmp_path, clock, port).round()
    assert sorted(Counter(box.ids()).values()) == [1, 1, 1]


async def test_a_refusal_after_the_whole_message_counts_as_one_too(tmp_path: Path) -> None:
    clock, box = SetClock(), Mailbox(after_data=["452 vol", "554 spam"])
    async with smtp_server(box) as port:
        post = post_office(tmp_path, clock, port)
        post.send(a_letter(1), [BOS, PEN])
        done = await post.round()
        assert (done.later, done.refused) == (1, 1)
        clock.pass_by(minutes=2)
        await post.round()
    assert len(box.arrived) == 1


async def test_a_server_that_keeps_saying_later_is_given_up_and_shown(tmp_path: Path) -> None:
    clock, box = SetClock(), Mailbox(answers=["451 druk"] * 50)
    async with smtp_server(box) as port:
        post = post_office(tmp_path, clock, port)
        post.send(a_letter(), [BOS])
        for _day in range(12):
            await post.round()
            clock.pass_by(days=1)
    (item,) = post.items()
    assert (item.state, item.detail) == (Post.REFUSED, "451 druk")


@pytest.mark.parametrize("cuts", [1, 3])
async def test_a_line_that_breaks_in_the_middle_of_a_message_costs_no_letter_and_doubles_none(
    tmp_path: Path, cuts: int
) -> None:
    clock, box = SetClock(), Mailbox()
    async with smtp_server(box) as port, line_that_breaks(port, in_body=cuts) as line:
        post_office(tmp_path, clock, line).send(a_letter(1), [BOS, PEN])
        post_office(tmp_path, clock, line).send(a_letter(2), [BOS, PEN])
        for _try in range(5):
            await post_office(tmp_path, clock, line).round()
            clock.pass_by(hours=1)
    assert sorted(Counter(box.ids()).values()) == [1, 1, 1, 1]


async def test_a_line_that_breaks_before_the_answer_leaves_the_letter_in_doubt_and_does_not_double_it(
    tmp_path: Path,
) -> None:
    clock, box = SetClock(), Mailbox()
    async with smtp_server(box) as port, line_that_breaks(port, before_answer=1) as line:
        post = post_office(tmp_path, clock, line)
        post.send(a_letter(1), [BOS, PEN])
        done = await post.round()
        assert (done.sent, done.in_doubt) == (1, 1)
        for _try in range(3):
            clock.pass_by(days=1)
            await post_office(tmp_path, clock, line).round()
    assert sorted(Counter(box.ids()).values()) == [1, 1]
    assert sorted(item.state for item in post.items()) == [Post.DOUBT, Post.SENT]


async def test_what_was_leaving_when_the_postman_was_killed_is_in_doubt_and_not_sent_again(tmp_path: Path) -> None:
    clock, box = SetClock(), Mailbox()
    async with smtp_server(box) as port:
        post = post_office(tmp_path, clock, port)
        post.send(a_letter(), [BOS])
        Outbox(tmp_path / "post.jsonl", clock).note(post.items()[0], Post.LEAVING)
        await post_office(tmp_path, clock, port).round()
    assert box.arrived == []
    assert [item.state for item in post.items()] == [Post.DOUBT]


async def test_two_postmen_at_once_bring_each_letter_once(tmp_path: Path) -> None:
    clock, box = SetClock(), Mailbox()
    async with smtp_server(box) as port:
        posts = [post_office(tmp_path, clock, port) for _each in range(3)]
        for number in range(4):
            posts[0].send(a_letter(number), [BOS])
        await asyncio.gather(*(post.round() for post in posts))
    assert sorted(Counter(box.ids()).values()) == [1, 1, 1, 1]


async def test_a_server_that_is_not_there_keeps_the_letters_waiting(tmp_path: Path) -> None:
    post = post_office(tmp_path, SetClock(), 9)
    post.send(a_letter(), [BOS])
    done = await post.round()
    assert isinstance(done.trouble, TryLater)
    assert [(item.state, item.attempts) for item in post.items()] == [(Post.WAITING, 0)]


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for 127.0.0.1 and return the files of certificate and key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return cert_file, key_file


async def test_starttls_and_log_in_and_what_is_said_when_they_fail(tmp_path: Path) -> None:
    clock, box = SetClock(), Mailbox()
    cert_file, key_file = certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert_file, key_file)
    secret = tmp_path / "wachtwoord"
    secret.write_text("geheim\n")
    right = {"starttls": True, "ca_file": str(cert_file), "user": "anne", "password_file": str(secret)}
    async with smtp_server(box, tls=context, log_in=True) as port:
        post_office(tmp_path, clock, port).send(a_letter(), [BOS])
        for wrong in ({"ca_file": ""}, {"password_file": str(cert_file)}, {"password_file": "/nergens"}):
            done = await post_office(tmp_path, clock, port, **{**right, **wrong}).round()
            assert isinstance(done.trouble, Damaged), (wrong, done.trouble)
            assert "[mail]" in done.trouble.todo
        assert box.arrived == []
        await post_office(tmp_path, clock, port, **right).round()
    assert len(box.arrived) == 1
    async with smtp_server(box) as port:
        post_office(tmp_path, clock, port).send(a_letter(2), [BOS])
        done = await post_office(tmp_path, clock, port, **right).round()
        assert isinstance(done.trouble, Damaged)
        assert "STARTTLS" in done.trouble.what


async def test_without_a_server_letters_go_into_a_maildir_that_any_mail_program_reads(tmp_path: Path) -> None:
    post = post_office(tmp_path, SetClock())
    post.send(a_letter(), [BOS, PEN])
    await post.round()
    # As after a kill between the file and the note of it.
    for item in post.items():
        post.again(item, "kill")
    await post.round()
    found = mailbox.Maildir(tmp_path / "Maildir", create=False)
    assert sorted(str(message["To"]) for message in found) == [
        '"J. Bos" <j.bos@regenboog.example>',
        '"P. Pen" <p.pen@regenboog.example>',
    ]


async def test_letters_that_are_done_with_are_purged_and_waiting_ones_stay(tmp_path: Path) -> None:
    clock = SetClock()
    post = post_office(tmp_path, clock)
    post.send(a_letter(1), [BOS])
    await post.round()
    post.send(a_letter(2), [BOS])
    clock.pass_by(days=400)
    assert post.purge(clock.now() - timedelta(days=365)) == 1
    for reader in (post, post_office(tmp_path, clock)):
        assert [item.letter.about for item in reader.items()] == ["opengezet-2"]


async def test_an_address_that_cannot_be_used_does_not_hold_up_the_others(tmp_path: Path) -> None:
    post = post_office(tmp_path, SetClock())
    post.send(a_letter(), [Administrator(name="X", email="geen adres"), BOS])
    done = await post.round()
    assert (done.sent, done.refused) == (1, 1)
