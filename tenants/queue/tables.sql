-- What we add to procrastinate's tables. Every statement may run again: `migrate` runs them each time.

-- A column's worth of meaning: `queue_name` is the kind of a job (control, workspace, background); `lock` names what may
-- run once at a time, and for a workspace's jobs is always its uuid; `priority` says where a waiting job stands:
--    0  in line
--   -1  for later: put in line when its time has come
--   -2  parked: its workspace is not serving now

CREATE TABLE IF NOT EXISTS failures (
    job_id bigint PRIMARY KEY REFERENCES procrastinate_jobs ON DELETE CASCADE,
    error text NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);

-- The line of a kind, and the lanes of the workspaces within theirs.
CREATE INDEX IF NOT EXISTS jobs_in_line ON procrastinate_jobs (queue_name, id) WHERE status = 'todo' AND priority = 0;
CREATE INDEX IF NOT EXISTS jobs_in_lanes ON procrastinate_jobs (lock, id)
    WHERE status = 'todo' AND priority = 0 AND queue_name = 'workspace';
CREATE INDEX IF NOT EXISTS jobs_for_later ON procrastinate_jobs (scheduled_at) WHERE status = 'todo' AND priority = -1;
-- How many jobs of a workspace wait, or lie there failed.
CREATE INDEX IF NOT EXISTS jobs_by_lock ON procrastinate_jobs (lock) WHERE status IN ('todo', 'failed');
-- What failed for good since an alarm was last given.
CREATE INDEX IF NOT EXISTS failures_by_time ON failures (at);

-- Jobs that an earlier release put off: a lane is the uuid and nothing behind it; later is later.
UPDATE procrastinate_jobs SET lock = args ->> 'workspace'
WHERE status = 'todo' AND queue_name = 'workspace' AND lock IS DISTINCT FROM args ->> 'workspace';
UPDATE procrastinate_jobs SET lock = NULL WHERE status = 'todo' AND queue_name = 'control' AND lock = 'control';
UPDATE procrastinate_jobs SET priority = -1 WHERE status = 'todo' AND priority = 0 AND scheduled_at > now();
DELETE FROM procrastinate_jobs WHERE task_name = 'queue.retry_stalled';
