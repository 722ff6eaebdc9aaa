"""The clocks of a development case (发展党员), under the text that was in force when the case was opened."""

from dataclasses import dataclass
from datetime import date

from rules.rule import Rule
from rules.rulebook import Rulebook, rulebook
from rules.workdays import OFFICIAL, Deadline, WorkCalendar, add_months, age, last_working_day


@dataclass(frozen=True, slots=True)
class Window:
    """From `earliest` to `latest`, both included."""

    earliest: date
    latest: date
    rule: Rule

    def __contains__(self, day: date) -> bool:
        return self.earliest <= day <= self.latest


@dataclass(frozen=True, slots=True)
class AdmissionClocks:
    """All clocks of one case. `opened_on` is the day of application and chooses the text for the whole case.

    Cases older than the oldest text held here run under that one.
    """

    opened_on: date
    book: Rulebook | None = None

    def rule(self, code: str) -> Rule:
        """The rule in the version of this case; raises NotInForce when its text does not know it."""
        return self._book.get(code, on=self._day_of_text)

    def asks_for(self, code: str) -> bool:
        """Whether this case's text knows the rule: public notice only exists since 2026."""
        return self._book.holds(code, on=self._day_of_text)

    def is_old_enough(self, born: date, *, on: date) -> bool:
        return age(born, on) >= self.rule("admission.age").integer("age")

    def talk_by(self, applied_on: date) -> Deadline:
        """Somebody from the branch talks with the applicant by then."""
        return self._months_after(applied_on, "admission.talk")

    def checks_due(self, activist_on: date, *, until: date) -> list[Deadline]:
        """Half-yearly examinations that fall due up to `until`; counted from the first day, so they never drift."""
        rule = self.rule("admission.half_year_check")
        due: list[Deadline] = []
        while (day := add_months(activist_on, rule.integer("months") * (len(due) + 1))) <= until:
            due.append(Deadline(day, rule))
        return due

    def earliest_development_object(self, activist_on: date) -> Deadline:
        """Not before this day may an activist become a development object."""
        return self._months_after(activist_on, "admission.development_object")

    def notice_ends(self, posted_on: date, *, calendar: WorkCalendar = OFFICIAL) -> Deadline | None:
        """The last day of public notice, the day of posting included; None under a text without notice."""
        if not self.asks_for("admission.public_notice"):
            return None
        rule = self.rule("admission.public_notice")
        day, is_provisional = last_working_day(posted_on, rule.integer("working_days"), calendar=calendar)
        return Deadline(day, rule, is_provisional)

    def training_is_enough(self, *, days: int = 0, hours: int = 0) -> bool:
        """Either so many days or so many hours."""
        rule = self.rule("admission.training")
        return days >= rule.integer("days") or hours >= rule.integer("hours")

    def meeting_by(self, prereviewed_on: date) -> Deadline | None:
        """The general meeting takes place by then; None under a text without this clock."""
        if not self.asks_for("admission.meeting_after_prereview"):
            return None
        return self._months_after(prereviewed_on, "admission.meeting_after_prereview")

    def approval_by(self, meeting_on: date, *, is_special: bool = False) -> Deadline:
        """The committee above decides by then; special cases have longer."""
        return self._months_after(meeting_on, "admission.approval_special" if is_special else "admission.approval")

    def oath_by(self, approved_on: date) -> Deadline:
        return self._months_after(approved_on, "admission.oath")

    def probation_ends(self, meeting_on: date) -> Deadline:
        """Counted from the general meeting that admitted, never from the oath or the approval."""
        return self._months_after(meeting_on, "admission.probation")

    def extension_window(self, meeting_on: date) -> Window:
        """Where an extended probation may end; it may be extended once."""
        rule = self.rule("admission.extension")
        ends = self.probation_ends(meeting_on).day
        return Window(
            add_months(ends, rule.integer("minimum_months")), add_months(ends, rule.integer("maximum_months")), rule
        )

    def conversion_approval_by(self, conversion_meeting_on: date) -> Deadline:
        return self._months_after(conversion_meeting_on, "admission.conversion_approval")

    @property
    def _day_of_text(self) -> date:
        return max(self.opened_on, self._book.versions("admission.probation")[0].effective_from)

    @property
    def _book(self) -> Rulebook:
        return self.book or rulebook()

    def _months_after(self, day: date, code: str) -> Deadline:
        rule = self.rule(code)
        return Deadline(add_months(day, rule.integer("months")), rule)
