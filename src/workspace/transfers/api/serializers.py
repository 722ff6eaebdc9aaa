"""Transfers and times away as JSON; personal numbers are never in it."""

from typing import Any

from rest_framework import serializers

from shared.clock import today
from workspace.members.models import Member
from workspace.transfers.models import Absence, Transfer
from workspace.transfers.models.contacts import NOTE, WAYS
from workspace.transfers.models.letterhead import MOST
from workspace.transfers.queries.flags import flags_of


class LetterheadSerializer(serializers.Serializer[Any]):
    addressee = serializers.CharField(required=False, allow_blank=True, max_length=MOST["addressee"])
    address = serializers.CharField(required=False, allow_blank=True, max_length=MOST["address"])
    phone = serializers.CharField(required=False, allow_blank=True, max_length=MOST["phone"])
    fax = serializers.CharField(required=False, allow_blank=True, max_length=MOST["fax"])
    postcode = serializers.CharField(required=False, allow_blank=True, max_length=MOST["postcode"])
    note = serializers.CharField(required=False, allow_blank=True, max_length=MOST["note"])


class TransferSerializer(serializers.ModelSerializer[Transfer]):
    """`is_expired`: still open, and its last day has passed."""

    letterhead = LetterheadSerializer(read_only=True)
    is_expired = serializers.SerializerMethodField()

    class Meta:
        model = Transfer
        fields = (
            "id", "kind", "member", "person_name", "origin", "origin_name", "destination", "destination_name",
            "reason", "number", "issued_on", "valid_days", "expires_on", "is_expired", "paid_until", "letterhead",
            "outcome", "closed_on", "remark", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_is_expired(self, transfer: Transfer) -> bool:
        return transfer.is_expired(today())


class OrderSerializer(serializers.Serializer[Any]):
    """A letter for each of `members`. Inside, `destination` is a branch; outside, `destination_name` says where to."""

    members = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=200)
    destination = serializers.IntegerField(required=False, min_value=1)
    destination_name = serializers.CharField(required=False, default="", allow_blank=True, max_length=120)
    reason = serializers.ChoiceField(Transfer.Reason.choices, default=Transfer.Reason.WORK.value)
    issued_on = serializers.DateField(required=False)
    valid_days = serializers.IntegerField(required=False, min_value=1, max_value=365)
    word = serializers.CharField(
        required=False, max_length=20, help_text="代字; that of the newest letter unless said."
    )
    paid_until = serializers.DateField(required=False, help_text="Any day of the month up to which dues are paid.")
    letterhead = LetterheadSerializer(required=False)


class IncomingSerializer(serializers.Serializer[Any]):
    """A letter from outside. With `check_only`, says what the register knows of the person and writes nothing."""

    check_only = serializers.BooleanField(required=False, default=False)
    name = serializers.CharField(max_length=50)
    citizen_number = serializers.CharField(max_length=18)
    category = serializers.ChoiceField(Member.Category.choices, default=Member.Category.FULL.value)
    joined_on = serializers.DateField(required=False)
    converted_on = serializers.DateField(required=False)
    phone = serializers.CharField(required=False, default="", allow_blank=True, max_length=20)
    ethnic_group = serializers.CharField(required=False, default="", allow_blank=True, max_length=2)
    education = serializers.CharField(required=False, default="", allow_blank=True, max_length=2)
    destination = serializers.IntegerField(min_value=1)
    origin_name = serializers.CharField(max_length=120)
    number = serializers.CharField(required=False, default="", allow_blank=True, max_length=60)
    reason = serializers.ChoiceField(Transfer.Reason.choices, default=Transfer.Reason.WORK.value)
    issued_on = serializers.DateField()
    valid_days = serializers.IntegerField(required=False, min_value=1, max_value=365)
    paid_until = serializers.DateField(required=False)


class KnownSerializer(serializers.Serializer[Any]):
    """What a dry run found: the key of one who left and comes back, keys of present people of the same name, doubts."""

    returning = serializers.IntegerField(allow_null=True)
    alike = serializers.ListField(child=serializers.IntegerField())
    doubts = serializers.ListField(child=serializers.CharField())


class AcceptSerializer(serializers.Serializer[Any]):
    on = serializers.DateField(help_text="From this day the new organisation is responsible.")
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)


class RefuseSerializer(serializers.Serializer[Any]):
    on = serializers.DateField()
    reason = serializers.CharField(min_length=2, max_length=200)


class FlagSerializer(serializers.Serializer[Any]):
    """For people to judge; nothing acts on it."""

    text = serializers.CharField()
    day = serializers.DateField()
    basis = serializers.CharField()
    is_due = serializers.BooleanField()


class ContactSerializer(serializers.Serializer[Any]):
    on = serializers.DateField()
    way = serializers.ChoiceField(WAYS)
    by = serializers.CharField(read_only=True)
    reached = serializers.BooleanField(required=False, default=True)
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=NOTE)


class AbsenceSerializer(serializers.ModelSerializer[Absence]):
    contacts = ContactSerializer(many=True, read_only=True)
    flags = serializers.SerializerMethodField()

    class Meta:
        model = Absence
        fields = (
            "id", "member", "kind", "since", "expected_until", "place", "has_fixed_place", "reason", "note",
            "contact_months", "contacted_on", "next_contact_on", "contacts", "flags", "ended_on", "ended_for",
            "ended_note",
        )  # fmt: skip
        read_only_fields = fields

    def get_flags(self, absence: Absence) -> list[dict[str, Any]]:
        found = flags_of(absence, on=today())
        return [dict(row) for row in FlagSerializer(found, many=True).data]


class AwaySerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(Absence.Kind.choices)
    since = serializers.DateField()
    reason = serializers.ChoiceField(Absence.Reason.choices)
    place = serializers.CharField(required=False, default="", allow_blank=True, max_length=120)
    has_fixed_place = serializers.BooleanField(required=False, default=False)
    expected_until = serializers.DateField(required=False)
    contact_months = serializers.IntegerField(required=False, min_value=1, max_value=24)
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)


class EndSerializer(serializers.Serializer[Any]):
    on = serializers.DateField()
    ending = serializers.ChoiceField(Absence.Ending.choices)
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)
