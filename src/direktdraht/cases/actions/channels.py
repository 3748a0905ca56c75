"""What comes and goes over a channel outside this house, such as De-Mail: access opened, mails taken in, answers passed on, decisions."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from direktdraht.cases.access import require_worker
from direktdraht.cases.actions.decisions import READY, day_of, fresh, note, send_off
from direktdraht.cases.actions.steps import Author, Words, add_message, locked, move, owe_answer
from direktdraht.cases.errors import ChannelClosed, WrongState
from direktdraht.cases.models import Case, Decision, DecisionState, Message, MessageKind, Way
from direktdraht.cases.registries import channels
from direktdraht.foundation import clock
from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.journal import actions as journal
from direktdraht.people.models import Account


def open_channel(*, case: Case, channel: str, address: str) -> Case:
    """The person wrote over a channel, which opens it for the city's answers (§ 3a (1) VwVfG); the first address stays.

    Journal: ``case.channel_opened``.
    """
    with locked(case) as held:
        if held.channel or not address:
            return held
        held.channel, held.channel_address = channel, address
        held.save(update_fields=["channel", "channel_address"])
        journal.record("case.channel_opened", subject=held.subject, facts={"channel": channel})
    return held


def take_in_mail(
    *, case: Case, text: str, name: str, documents: Sequence[Document] = (), from_person: bool, language: str = "de"
) -> Message:
    """File a mail that came for a case; staff find it as new.

    ``from_person``: it surely comes from the person of the case, so it counts as their word. Otherwise, and when the case
    is closed, it becomes an internal note. Journal: ``case.message`` or ``case.noted``.
    """
    with locked(case) as held:
        held.unread_by_staff = True
        if from_person and held.is_open:
            move(held, "person_writes")
            owe_answer(held)
            author = Author(MessageKind.PERSON, held.person_name or name)
            kind = "case.message"
        else:
            author, kind = Author(MessageKind.INTERNAL, name, unit=held.unit), "case.noted"
        message = add_message(held, author, Words(text, documents=documents, language=language), kind=kind)
        held.save()
    return message


def tell_staff(*, case: Case, text: str, documents: Sequence[Document] = (), unread: bool = True) -> Message:
    """Write an internal note of the house itself, as new for staff unless told otherwise. Journal: ``case.noted``."""
    with locked(case) as held:
        if unread:
            held.unread_by_staff = True
            held.save(update_fields=["unread_by_staff"])
        author = Author(MessageKind.INTERNAL, _("Direktdraht"), unit=held.unit)
        return add_message(held, author, Words(text, documents=documents), kind="case.noted")


def dispatch_by_channel(*, decision: Decision, by: Account) -> Decision:
    """Hand a released decision to the person's channel; it counts as dispatched when the channel confirms it.

    Raises NotAllowed, WrongState, ChannelClosed. Journal: ``decision.handed_over``.
    """
    with locked(decision.case) as held:
        require_worker(by, held)
        mine = fresh(decision, held)
        if mine.state not in READY or mine.sending_since is not None:
            raise WrongState
        if held.channel not in channels or channels.get(held.channel).problems():
            raise ChannelClosed
        mine.sending_since = clock.now()
        mine.save(update_fields=["sending_since"])
        channels.get(held.channel).send_decision(mine)
        note(mine, "decision.handed_over", facts={"version": mine.version, "channel": held.channel}, by=str(by.pk))
    return mine


def confirm_dispatch(*, decision: Decision, at: datetime) -> Decision:
    """The channel confirms that the decision went out at ``at``; from then on its clock runs. A second time changes nothing.

    Journal: ``decision.dispatched``.
    """
    with locked(decision.case) as held:
        mine = fresh(decision, held)
        if mine.sending_since is None or mine.state not in READY:
            return mine
        mine.sending_since = None
        send_off(mine, way=Way.CHANNEL, on=day_of(at), by=None, at=at)
    return mine


def give_up_dispatch(*, decision: Decision, reason: str) -> Decision:
    """The channel did not take the decision, or never confirmed it: staff choose another way. Journal: ``decision.not_sent``."""
    with locked(decision.case) as held:
        mine = fresh(decision, held)
        if mine.sending_since is None or mine.state == DecisionState.DISPATCHED:
            return mine
        mine.sending_since = None
        mine.save(update_fields=["sending_since"])
        note(mine, "decision.not_sent", facts={"version": mine.version})
        tell_staff(case=held, text=_("Der Bescheid ging nicht hinaus: %(reason)s") % {"reason": reason})
    return mine
