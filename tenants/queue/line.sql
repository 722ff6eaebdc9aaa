-- Who is next, and what becomes of a job. For the worker, which comes as the login role; nobody else may enter `jobs`.

-- Whether the jobs of a workspace have to wait. One that is unknown or purged does not: its jobs are refused aloud.
CREATE OR REPLACE FUNCTION jobs.must_wait(workspace text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = jobs, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.tenants_tenant WHERE uuid = workspace::uuid AND state NOT IN ({serving}, 'purged'))
$$;

-- The first job of one kind that may run now, marked as this worker's; no row when there is none.
--
-- Workspaces take turns: `lane` is the one this worker served last, and the next is the one whose uuid follows it. So
-- however much one has waiting, another's job waits for at most one job of each that waits too. A workspace's jobs run
-- one at a time. The walk costs an index probe a lane that is busy, never one a job.
CREATE OR REPLACE FUNCTION jobs.take_next(worker bigint, kind text, lane text) RETURNS SETOF jobs.procrastinate_jobs
LANGUAGE plpgsql SET search_path = jobs, pg_temp AS $$
DECLARE
    began_at text := lane;
    went_round boolean := false;
    busy text[];
    taken bigint;
BEGIN
    -- One at a time, so that what another worker took a moment ago is seen: a lane is busy or it is not.
    PERFORM pg_advisory_xact_lock(hashtext('jobs.take_next'));
    UPDATE procrastinate_jobs SET priority = 0 WHERE id IN (
        SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND priority = -1 AND scheduled_at <= now()
        ORDER BY scheduled_at LIMIT 500 FOR UPDATE SKIP LOCKED
    );
    busy := ARRAY(SELECT lock FROM procrastinate_jobs WHERE status = 'doing' AND lock IS NOT NULL);
    LOOP
        IF kind = 'workspace' THEN
            SELECT lock INTO lane FROM procrastinate_jobs
            WHERE status = 'todo' AND priority = 0 AND queue_name = 'workspace' AND lock > lane
            ORDER BY lock LIMIT 1;
            IF lane IS NULL AND NOT went_round THEN
                lane := '';
                went_round := true;
                CONTINUE;
            END IF;
            EXIT WHEN lane IS NULL OR (went_round AND lane > began_at);
            CONTINUE WHEN lane = ANY (busy);
            SELECT id INTO taken FROM procrastinate_jobs
            WHERE status = 'todo' AND priority = 0 AND queue_name = 'workspace' AND lock = lane
            ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED;
            CONTINUE WHEN taken IS NULL;
        ELSE
            SELECT id, args ->> 'workspace' INTO taken, lane FROM procrastinate_jobs
            WHERE status = 'todo' AND priority = 0 AND queue_name = kind AND (lock IS NULL OR lock <> ALL (busy))
            ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED;
            EXIT WHEN taken IS NULL;
        END IF;
        IF lane IS NOT NULL AND must_wait(lane) THEN
            UPDATE procrastinate_jobs SET priority = -2 WHERE id IN (
                SELECT id FROM procrastinate_jobs
                WHERE status = 'todo' AND priority = 0 AND (lock = lane OR id = taken) FOR UPDATE SKIP LOCKED
            );
            CONTINUE;
        END IF;
        RETURN QUERY UPDATE procrastinate_jobs SET status = 'doing', worker_id = worker WHERE id = taken RETURNING *;
        EXIT;
    END LOOP;
END $$;

-- Take a job off the queue in the transaction that holds its effect: both stay or neither. True: it is ours. False: its
-- effect is there already. NULL: another worker has it in hand.
CREATE OR REPLACE FUNCTION jobs.claim(job bigint) RETURNS boolean
LANGUAGE plpgsql SET search_path = jobs, pg_temp AS $$
BEGIN
    PERFORM FROM procrastinate_jobs WHERE id = job AND status = 'doing' FOR UPDATE SKIP LOCKED;
    IF FOUND THEN
        DELETE FROM procrastinate_jobs WHERE id = job;
        RETURN true;
    END IF;
    RETURN CASE WHEN EXISTS (SELECT FROM procrastinate_jobs WHERE id = job) THEN NULL ELSE false END;
END $$;

-- A job whose effect is there, and that did not leave the queue with it, leaves it.
CREATE OR REPLACE FUNCTION jobs.leave(job bigint) RETURNS void
LANGUAGE sql SET search_path = jobs, pg_temp AS $$
    DELETE FROM procrastinate_jobs WHERE id = job AND status = 'doing'
$$;

-- Try a failed job again when it is due.
CREATE OR REPLACE FUNCTION jobs.put_off(job bigint, due timestamptz) RETURNS void
LANGUAGE sql SET search_path = jobs, pg_temp AS $$
    UPDATE procrastinate_jobs
    SET status = 'todo', priority = -1, scheduled_at = due, attempts = attempts + 1, abort_requested = false
    WHERE id = job AND status = 'doing'
$$;

-- Put a job back because its workspace has stopped serving; the attempt does not count.
CREATE OR REPLACE FUNCTION jobs.park(job bigint) RETURNS void
LANGUAGE sql SET search_path = jobs, pg_temp AS $$
    UPDATE procrastinate_jobs SET status = 'todo', priority = -2, abort_requested = false
    WHERE id = job AND status = 'doing'
$$;

-- Put the jobs of workspaces that serve again back in line. Returns how many.
CREATE OR REPLACE FUNCTION jobs.unpark() RETURNS bigint
LANGUAGE sql SET search_path = jobs, pg_temp AS $$
    WITH lanes AS MATERIALIZED (SELECT DISTINCT lock FROM procrastinate_jobs WHERE status = 'todo' AND priority = -2),
    free AS MATERIALIZED (SELECT lock FROM lanes WHERE NOT must_wait(lock)),
    moved AS (
        UPDATE procrastinate_jobs SET priority = 0
        WHERE status = 'todo' AND priority = -2 AND lock IN (SELECT lock FROM free) RETURNING 1
    )
    SELECT count(*) FROM moved
$$;

-- Keep a job that failed for good, with what is to be known of it.
CREATE OR REPLACE FUNCTION jobs.bury(job bigint, said text) RETURNS void
LANGUAGE plpgsql SET search_path = jobs, pg_temp AS $$
BEGIN
    UPDATE procrastinate_jobs SET status = 'failed', abort_requested = false, attempts = attempts + 1
    WHERE id = job AND status = 'doing';
    IF FOUND THEN
        INSERT INTO failures (job_id, error) VALUES (job, said)
        ON CONFLICT (job_id) DO UPDATE SET error = excluded.error, at = excluded.at;
    END IF;
END $$;

-- Hand on what a worker that fell silent had in hand, and what this one holds without knowing of it: it could not note
-- how the job ended. A job whose transaction is still open is locked, and left alone. `most` says how many attempts a
-- task has: a job that brings down its worker each time is buried in the end.
CREATE OR REPLACE FUNCTION jobs.hand_on(silent_s float8, worker bigint, in_hand bigint[], most jsonb, otherwise int)
RETURNS TABLE (id bigint, task_name text, workspace text, buried boolean)
LANGUAGE plpgsql SET search_path = jobs, pg_temp AS $$
DECLARE
    job procrastinate_jobs;
BEGIN
    FOR job IN
        SELECT j.* FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
        WHERE j.status = 'doing' AND (
            w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => silent_s)
            OR (w.id = worker AND j.id <> ALL (in_hand))
        )
        FOR UPDATE OF j SKIP LOCKED
    LOOP
        id := job.id;
        task_name := job.task_name;
        workspace := job.args ->> 'workspace';
        buried := job.attempts + 1 >= COALESCE((most ->> job.task_name)::int, otherwise);
        IF buried THEN
            PERFORM bury(job.id, 'WorkerDied');
        ELSE
            UPDATE procrastinate_jobs j SET status = 'todo', attempts = job.attempts + 1, abort_requested = false
            WHERE j.id = job.id;
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;

-- One job of this task in every active workspace that has none waiting. Returns in how many.
CREATE OR REPLACE FUNCTION jobs.put_everywhere(task text) RETURNS bigint
LANGUAGE sql SET search_path = jobs, pg_temp AS $$
    WITH put AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args)
        SELECT 'background', task, uuid::text, jsonb_build_object('workspace', uuid, 'arguments', '{}'::jsonb)
        FROM public.tenants_tenant t
        -- NOT IN is always one hash of the waiting ones; NOT EXISTS may become a loop over them for each workspace.
        WHERE state = 'active' AND uuid::text NOT IN (
            SELECT lock FROM procrastinate_jobs j
            WHERE j.status = 'todo' AND j.queue_name = 'background' AND j.task_name = task AND lock IS NOT NULL
        )
        ORDER BY t.id RETURNING 1
    )
    SELECT count(*) FROM put
$$;
