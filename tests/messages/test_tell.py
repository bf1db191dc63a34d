"""Telling people: once per event, in the act's transaction, by mail where that is configured."""

import smtplib

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail as django_mail
from django.db import IntegrityError, transaction
from django.utils import translation

from portal.accounts.services import accept, invite
from portal.jobs import worker
from portal.jobs.choices import JobState
from portal.jobs.models import Job
from portal.jobs.services import retry
from portal.messages import post, services
from portal.messages.choices import MailState
from portal.messages.models import Mail, Message
from tests.factories.accounts import UserFactory
from tests.messages.conftest import invitations_in

NAMED = {"studio": "张三工作室", "on": "2026"}


def tell(*people, n=1, event="decision-1", url="/studios/1/"):
    return services.tell(people, "test.plain", {"n": n}, url=url, event_key=event)


@pytest.fixture
def with_mail(settings):
    settings.MAIL_CONFIGURED = True


def test_everybody_is_told_once_however_often_it_is_said(reader, stranger):
    assert tell(reader, stranger, reader) == 2
    tell(reader, stranger, n=2)
    tell(reader, event="decision-2")
    assert Message.objects.filter(recipient=reader).count() == 2
    assert [message.title for message in Message.objects.visible_to(stranger)] == ["1"]


def test_people_without_a_living_account_are_not_told(db):
    assert tell(UserFactory(is_active=False)) == 0
    assert not Message.objects.exists()


def test_nobody_sees_the_messages_of_others(reader):
    tell(reader)
    for user in (UserFactory(is_superuser=True), AnonymousUser(), UserFactory(is_active=False)):
        assert not Message.objects.visible_to(user).exists()


@pytest.mark.django_db(transaction=True)
def test_telling_outside_a_transaction_is_refused():
    person = UserFactory()
    with pytest.raises(RuntimeError, match="transaction"):
        tell(person)
    with pytest.raises(RuntimeError, match="transaction"):
        services.send_mail("test.plain", to_name="x", to_address="", values={"n": 1})


def test_mistakes_in_the_text_are_found_when_it_is_written(reader):
    with pytest.raises(ValueError, match="Unregistered message template"):
        services.tell([reader], "no.such", {}, url="", event_key="e")
    with pytest.raises(KeyError, match="studio"):
        services.tell([reader], "test.named", {"on": ""}, url="", event_key="e")


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_a_message_leads_nowhere_outside_the_portal(reader, url):
    with pytest.raises(IntegrityError, match="message_leads_into_the_portal"), transaction.atomic():
        tell(reader, url=url)


def test_each_reader_reads_in_their_own_language(reader):
    services.tell([reader], "test.named", NAMED, url="", event_key="e")
    message = Message.objects.get()
    with translation.override("zh-hans"):
        assert message.title == "消息"
    with translation.override("en"):
        assert message.title == "Message"
    assert message.body == "白玉兰: 张三工作室, 2026"


def test_the_unread_are_counted_to_a_hundred_in_one_query(reader, django_assert_num_queries):
    for n in range(105):
        tell(reader, event=f"e{n}")
    with django_assert_num_queries(1):
        assert services.unread_count(reader) == 100
    services.mark_all_read(reader, up_to=Message.objects.order_by("pk")[102].pk)
    assert services.unread_count(reader) == 2
    assert services.unread_count(AnonymousUser()) == 0


def test_without_a_mail_server_nothing_is_written_but_the_message(reader):
    tell(reader)
    assert not Mail.objects.exists() and not Job.objects.exists()


def test_with_a_mail_server_those_with_an_address_get_a_mail_once(reader, stranger, with_mail):
    for _ in range(2):
        services.tell([reader, stranger], "test.named", NAMED, url="/studios/1/", event_key="e")
    assert worker.run_pending() == [(Job.objects.get().pk, JobState.DONE)]
    (letter,) = django_mail.outbox
    assert letter.to == ["bai@example.cn"]
    assert letter.subject == "消息"
    assert "白玉兰: 张三工作室, 2026" in letter.body and "http://127.0.0.1:8000/studios/1/" in letter.body
    assert Mail.objects.get().state == MailState.SENT


def invitation_mail(user, **kwargs):
    invitation = invite(user, actor=user)
    mail = services.send_mail(
        "test.plain",
        to_name=user.name,
        to_address=user.email,
        values={"n": 1},
        invitation=invitation,
        **kwargs,
    )
    return mail, invitation


def test_an_invitation_is_mailed_with_its_link_which_is_stored_nowhere(reader, with_mail):
    mail, invitation = invitation_mail(reader)
    worker.run_pending()
    assert invitations_in(django_mail.outbox[0].body, invitation) == [invitation]
    for model in (Mail, Job):
        stored = str(list(model.objects.values()))
        assert invitation.nonce not in stored and "/" not in stored
    mail.refresh_from_db()
    assert mail.state == MailState.SENT and mail.sent_at


def test_an_invitation_that_is_no_longer_open_is_not_mailed(reader, with_mail):
    mail, invitation = invitation_mail(reader)
    accept(invitation, password="a-long-password")
    worker.run_pending()
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (MailState.FAILED, "The invitation is no longer open.")
    assert django_mail.outbox == [] and post.link_of(Mail.objects.get()) == ""


@pytest.mark.parametrize(("configured", "address"), [(False, "a@example.cn"), (True, "")])
def test_a_mail_that_cannot_go_stays_to_be_shown(db, settings, configured, address):
    settings.MAIL_CONFIGURED = configured
    mail = services.send_mail("test.plain", to_name="x", to_address=address, values={"n": 1})
    assert mail.state == MailState.NOT_CONFIGURED
    assert not Job.objects.exists()
    post.send(mail.pk)
    assert django_mail.outbox == []


def test_a_mail_server_that_refuses_is_tried_again_and_then_a_person_is_needed(
    reader, with_mail, monkeypatch
):
    mail, _invitation = invitation_mail(reader)

    def refuse(letter):
        raise smtplib.SMTPServerDisconnected("come back later")

    with monkeypatch.context() as patch:
        patch.setattr(post.EmailMessage, "send", refuse)
        Job.objects.update(max_tries=1)
        worker.run_pending()
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (MailState.FAILED, "SMTPServerDisconnected: come back later")
    retry(Job.objects.get(), actor=reader)
    worker.run_pending()
    mail.refresh_from_db()
    assert (mail.state, mail.error, len(django_mail.outbox)) == (MailState.SENT, "", 1)


def test_a_mail_is_sent_once_though_its_job_runs_twice(reader, with_mail):
    mail, _invitation = invitation_mail(reader)
    for _ in range(2):
        post.send(mail.pk)
    assert len(django_mail.outbox) == 1


def test_a_subject_is_one_line(db):
    mail = Mail(code="test.plain", values={"n": "a\r\nBcc: x@example.cn"}, to_name="x")
    assert post.compose(mail)[0] == "a Bcc: x@example.cn"


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("mail_state_known", {"state": "LOST"}),
        ("mail_has_a_time_exactly_when_sent", {"state": "SENT"}),
        ("mail_needs_an_address_to_be_sent", {"state": "WAITING", "to_address": ""}),
        ("mail_failed_with_a_reason", {"state": "FAILED"}),
    ],
)
def test_the_database_holds_what_must_be_true_of_a_mail(db, constraint, values):
    services.send_mail("test.plain", to_name="x", to_address="a@example.cn", values={"n": 1})
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Mail.objects.update(**values)
