"""Which screens are shown, as whom, and how large."""

from dataclasses import dataclass

from tests.support.screenshots.camera import DESK, PHONE


@dataclass(frozen=True)
class Screen:
    """`name` is the file under docs/pictures; `scroll_to` a selector that is brought to the top first."""

    name: str
    who: str
    path: str
    size: tuple[int, int] = DESK
    scroll_to: str = ""


SCREENS = (
    Screen("landing", "", "/"),
    Screen("landing-phone", "", "/", PHONE),
    Screen("sign-up", "", "/sign-up/", PHONE),
    Screen("home", "admin", "/"),
    Screen("tree", "admin", "/organization/"),
    Screen("register", "admin", "/members/"),
    Screen("import-upload", "admin", "/members/imports/new/"),
    Screen("invite", "admin", "/access/invitations/new/"),
    Screen("obligations", "shuji", "/activities/obligations/"),
    Screen("calendar", "admin", "/activities/calendar/"),
    Screen("transfers", "shuji", "/transfers/"),
    Screen("transfer-letter", "shuji", "/transfers/4/letter/", (1200, 1120)),
    Screen("absences", "shuji", "/transfers/absences/"),
    Screen("absence-phone", "shuji", "/transfers/absences/1/", PHONE),
    Screen("elections-board", "admin", "/elections/board/"),
    Screen("election-phone", "shuji", "/elections/2/", PHONE),
    Screen("appraisal-phone", "shuji", "/appraisals/5/", PHONE),
    Screen("appraisal-mine-phone", "dangyuan", "/appraisals/5/mine/", PHONE),
    Screen("appraisal-grading", "admin", "/appraisals/3/verdicts/"),
    Screen("structure-checks", "admin", "/organization/checks/"),
    Screen("statistics", "admin", "/statistics/"),
    Screen("quality", "admin", "/quality/"),
    Screen("merges", "admin", "/members/merges/"),
    Screen("dashboards", "admin", "/dashboards/"),
    Screen("dashboard", "admin", "/dashboards/vitality/"),
    Screen("dashboard-responsibility", "admin", "/dashboards/responsibility/"),
    Screen("development", "admin", "/development/"),
    Screen("branch-phone", "shuji", "/", PHONE),
    Screen("plan-phone", "shuji", "/activities/", PHONE),
    Screen("obligations-phone", "shuji", "/activities/obligations/", PHONE),
    Screen("member-phone", "dangyuan", "/", PHONE),
    Screen("me-phone", "dangyuan", "/members/me/", PHONE),
    Screen("console", "operator", "/"),
    Screen("console-workspaces", "operator", "/workspaces/"),
    Screen("console-openings", "operator", "/openings/"),
)
# The landing page shows two of them: name here → name there.
ON_LANDING = {"dashboard": "dashboard", "branch-phone": "branch-phone"}
