"""Pages of the messages, and the demonstration's outbox."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from portal.messages import post, queries, services
from portal.messages.models import Message


@require_GET
@login_required
def message_list(request):
    """One's own messages, unread first."""
    page = queries.message_page(
        request.user, before=request.GET.get("before", ""), after=request.GET.get("after", "")
    )
    newest = max((message.pk for message in page.rows), default=0)
    any_unread = any(message.read_at is None for message in page.rows)
    return render(
        request, "messages/message_list.html", {"page": page, "newest": newest, "any_unread": any_unread}
    )


@require_POST
@login_required
def message_open(request, pk):
    """Note the message as read and go to what it is about."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    services.mark_read(message)
    return redirect(message.url or "message_list")


@require_POST
@login_required
def message_read_all(request):
    """Note everything as read that the page showed or could have shown."""
    up_to = request.POST.get("up_to", "")
    if up_to.isdecimal():
        services.mark_all_read(request.user, up_to=min(int(up_to), 2**63 - 1))
    return redirect("message_list")


@require_GET
def outbox(request):
    """What the portal would have mailed, with the links: for the demonstration only, without signing in."""
    if not settings.PORTAL_DEMO:
        raise Http404
    page = queries.mail_page(before=request.GET.get("before", ""), after=request.GET.get("after", ""))
    letters = [_letter(mail) for mail in page.rows]
    return render(request, "messages/outbox.html", {"page": page, "letters": letters})


def _letter(mail):
    """The mail as its recipient would read it: in the recipient's language where that is known."""
    if not mail.language:
        return {"mail": mail, "title": mail.title, "body": mail.body, "link": post.link_of(mail)}
    with override(mail.language):
        return {"mail": mail, "title": mail.title, "body": mail.body, "link": post.link_of(mail)}
