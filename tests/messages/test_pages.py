"""The pages: one's own messages, and the outbox of the demonstration."""

import pytest
from django.urls import reverse

from portal.accounts.services import accept, invite
from portal.messages import queries, services
from portal.messages.models import Message
from tests.messages.conftest import invitations_in

LIST = "/messages/"


def tell(person, n, url="/studios/1/"):
    services.tell([person], "test.plain", {"n": f"第{n}条"}, url=url, event_key=f"e{n}")
    return Message.objects.get(event_key=f"e{n}", recipient=person)


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def test_the_list_is_for_the_signed_in(client, db):
    response = client.get(reverse("message_list"))
    assert response.status_code == 302 and reverse("login") in response["Location"]


def test_an_empty_list_says_so(signed_in):
    assert "还没有消息" in signed_in.get(LIST).content.decode()


def test_one_sees_ones_own_messages_only(signed_in, reader, stranger):
    tell(reader, 1)
    tell(stranger, 2)
    page = signed_in.get(LIST).content.decode()
    assert "第1条" in page and "第2条" not in page


@pytest.mark.parametrize("rows", [1, 5])
def test_the_list_takes_the_same_queries_for_any_length(signed_in, reader, rows, django_assert_num_queries):
    for n in range(rows):
        tell(reader, n)
    with django_assert_num_queries(1):
        queries.message_page(reader)
    with django_assert_num_queries(QUERIES):
        response = signed_in.get(LIST)
    assert response.content.decode().count("<tr>") == rows + 1


QUERIES = 5  # session, user, messages, unread number, place


def test_opening_a_message_notes_it_as_read_and_leads_on(signed_in, reader):
    message = tell(reader, 1)
    response = signed_in.post(reverse("message_open", args=[message.pk]))
    assert (response.status_code, response["Location"]) == (302, "/studios/1/")
    message.refresh_from_db()
    first = message.read_at
    assert first is not None
    signed_in.post(reverse("message_open", args=[message.pk]))
    message.refresh_from_db()
    assert message.read_at == first


def test_a_message_about_nothing_leads_back_to_the_list(signed_in, reader):
    message = tell(reader, 1, url="")
    assert signed_in.post(reverse("message_open", args=[message.pk]))["Location"] == reverse("message_list")


def test_the_messages_of_others_do_not_exist(signed_in, stranger):
    message = tell(stranger, 1)
    assert signed_in.post(reverse("message_open", args=[message.pk])).status_code == 404
    message.refresh_from_db()
    assert message.read_at is None


@pytest.mark.parametrize("name", ["message_open", "message_read_all"])
def test_reading_is_noted_by_post_only(signed_in, name):
    args = [1] if name == "message_open" else []
    assert signed_in.get(reverse(name, args=args)).status_code == 405


def test_all_that_was_shown_can_be_noted_as_read_at_once(signed_in, reader, stranger):
    shown, others = tell(reader, 1), tell(stranger, 2)
    since = tell(reader, 3)
    signed_in.post(reverse("message_read_all"), {"up_to": shown.pk})
    assert set(Message.objects.unread()) == {others, since}
    for nonsense in ("", "x", "9" * 40, "-1"):
        assert signed_in.post(reverse("message_read_all"), {"up_to": nonsense}).status_code == 302
    assert set(Message.objects.unread()) == {others}


def test_the_list_is_paged_unread_first_in_both_directions(reader, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 3)
    messages = [tell(reader, n) for n in range(8)]
    for read in (messages[7], messages[1], messages[4]):
        services.mark_read(read)
    expected = [6, 5, 3, 2, 0, 7, 4, 1]
    page, seen, back = queries.message_page(reader), [], []
    assert page.newer == ""
    while True:
        seen.append([messages.index(message) for message in page.rows])
        if not page.older:
            break
        page = queries.message_page(reader, before=page.older.removeprefix("?before="))
    assert seen == [expected[:3], expected[3:6], expected[6:]]
    while page.newer:
        page = queries.message_page(reader, after=page.newer.removeprefix("?after="))
        back.append([messages.index(message) for message in page.rows])
    assert back == [expected[3:6], expected[:3]]
    assert page.newer == ""


@pytest.mark.parametrize("place", ["x1", "u", "r9999999999999999999999", "' OR 1=1", "u1&x"])
def test_a_made_up_place_in_the_list_shows_its_beginning(signed_in, reader, place):
    tell(reader, 1)
    for direction in ("before", "after"):
        assert "第1条" in signed_in.get(LIST, {direction: place}).content.decode()
        assert signed_in.get(reverse("outbox"), {direction: place}).status_code == 200


def test_the_bell_shows_the_unread_number(signed_in, reader):
    tell(reader, 1)
    assert 'class="dot" aria-hidden="true">1<' in signed_in.get(LIST).content.decode()


# -- the outbox --------------------------------------------------------------------------------


@pytest.fixture
def invitation(reader):
    invitation = invite(reader, actor=reader)
    services.send_mail(
        "test.named",
        to_name=reader.name,
        to_address="",
        values={"studio": "<b>张三</b>", "on": ""},
        invitation=invitation,
    )
    return invitation


def test_the_outbox_shows_mails_with_their_links_to_anybody_in_the_demonstration(client, invitation):
    page = client.get(reverse("outbox")).content.decode()
    assert invitations_in(page, invitation) == [invitation]
    assert "白玉兰" in page and "&lt;b&gt;张三" in page


def test_there_is_no_outbox_outside_the_demonstration(client, invitation, settings):
    settings.PORTAL_DEMO = False
    assert client.get(reverse("outbox")).status_code == 404


def test_an_accepted_invitation_has_no_link_any_more(client, invitation):
    accept(invitation, password="a-long-password")
    page = client.get(reverse("outbox")).content.decode()
    assert invitations_in(page, invitation) == []
    assert "邀请已被接受" in page


@pytest.mark.parametrize("rows", [1, 5])
def test_the_outbox_takes_the_same_queries_for_any_length(client, db, rows, django_assert_num_queries):
    from tests.factories.accounts import UserFactory

    for _ in range(rows):
        user = UserFactory()
        services.send_mail(
            "test.plain", to_name="x", to_address="", values={"n": 1}, invitation=invite(user, actor=user)
        )
    with django_assert_num_queries(2):  # the mails, the union in the footer
        assert client.get(reverse("outbox")).content.decode().count("<article") == rows


def test_the_outbox_is_paged(client, db, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for n in range(5):
        services.send_mail("test.plain", to_name="x", to_address="", values={"n": f"第{n}封"})
    page = queries.mail_page()
    assert [mail.title for mail in page.rows] == ["第4封", "第3封"]
    page = queries.mail_page(before=page.older.removeprefix("?before="))
    page = queries.mail_page(before=page.older.removeprefix("?before="))
    assert ([mail.title for mail in page.rows], page.older) == (["第0封"], "")
    page = queries.mail_page(after=page.newer.removeprefix("?after="))
    assert [mail.title for mail in page.rows] == ["第2封", "第1封"]
