from django.db import migrations, models

# The window shows more: what a failed job failed of, and whether its workspace keeps it waiting. Still no argument.
WINDOWS = """
CREATE OR REPLACE VIEW console_queue_job AS
SELECT job.id, job.queue_name, job.task_name, job.status::text AS status, job.attempts, job.scheduled_at,
       (job.args ->> 'workspace')::uuid AS workspace,
       (SELECT min(event.at) FROM jobs.procrastinate_events event WHERE event.job_id = job.id) AS deferred_at,
       (SELECT max(event.at) FROM jobs.procrastinate_events event
        WHERE event.job_id = job.id AND event.type <> 'scheduled') AS changed_at,
       job.status = 'todo' AND job.priority = -2 AS parked,
       COALESCE(failure.error, '') AS error,
       failure.at AS failed_at
FROM jobs.procrastinate_jobs job LEFT JOIN jobs.failures failure ON failure.job_id = job.id OFFSET 0;

CREATE OR REPLACE FUNCTION console_retry_job(number bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = jobs, pg_temp AS $$
BEGIN
    PERFORM FROM procrastinate_jobs WHERE id = number AND status = 'failed' FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM procrastinate_retry_job_v2(number, now(), 0, NULL, NULL);
    DELETE FROM failures WHERE job_id = number;
    RETURN true;
END $$;

CREATE FUNCTION console_discard_job(number bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = jobs, pg_temp AS $$
BEGIN
    DELETE FROM procrastinate_jobs WHERE id = number AND status = 'failed';
    RETURN FOUND;
END $$;
"""
NO_WINDOWS = """
DROP FUNCTION console_discard_job(bigint);
CREATE OR REPLACE FUNCTION console_retry_job(number bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = jobs, pg_temp AS $$
BEGIN
    PERFORM 1 FROM procrastinate_jobs WHERE id = number AND status = 'failed' FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM procrastinate_retry_job_v2(number, now(), NULL, NULL, NULL);
    RETURN true;
END $$;
DROP VIEW console_queue_job;
CREATE VIEW console_queue_job AS
SELECT job.id, job.queue_name, job.task_name, job.status::text AS status, job.attempts, job.scheduled_at,
       (job.args ->> 'workspace')::uuid AS workspace,
       (SELECT min(event.at) FROM jobs.procrastinate_events event WHERE event.job_id = job.id) AS deferred_at,
       (SELECT max(event.at) FROM jobs.procrastinate_events event
        WHERE event.job_id = job.id AND event.type <> 'scheduled') AS changed_at
FROM jobs.procrastinate_jobs job OFFSET 0;
"""


class Migration(migrations.Migration):
    dependencies = [("console", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("task_name", models.CharField(max_length=128, primary_key=True, serialize=False)),
                ("given_at", models.DateTimeField()),
                ("newest_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(WINDOWS, NO_WINDOWS),
    ]
