"""Run what was put off, as a worker would: the context is blanked first, so a task that leaks one fails."""

from django.db import connection

from tenants import context, worker


def run_jobs(limit: int = 200) -> int:
    """Perform waiting jobs in order, those that they put off included. Returns how many ran. A failing job raises."""
    done = 0
    with context.entered(None):
        while done < limit and (waiting := worker.pending()):
            number, name, workspace, arguments = waiting[0]
            _say(f"UPDATE procrastinate_jobs SET status = 'doing' WHERE id = {number}")
            worker.perform(name, workspace, arguments, job=number)
            _say(f"DELETE FROM procrastinate_jobs WHERE id = {number}")
            done += 1
    return done


def _say(statement: str) -> None:
    """The queue's own triggers name its tables without a schema."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL search_path = jobs; {statement}; SET LOCAL search_path = public")
