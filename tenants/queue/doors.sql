-- The doors others have into the queue. Each runs with its owner's rights, and pins its path.

-- The door of the workspaces, and of the platform's pages. Whose job it is is read from the role in force; a role that is
-- no workspace's asks for jobs of the platform. Returns the job's number, or -1: too many wait, -2: too large.
DROP FUNCTION IF EXISTS {extensions}.defer_job(text, jsonb, text, timestamptz);
CREATE OR REPLACE FUNCTION {extensions}.defer_job(
    task text, arguments jsonb, lock text, at timestamptz, background boolean DEFAULT false
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = jobs, pg_temp AS $$
DECLARE
    role_name text := current_setting('role');
    workspace uuid;
    lane text;
    kind text := CASE WHEN background THEN 'background' ELSE 'control' END;
    job_id bigint;
BEGIN
    IF jsonb_typeof(arguments) IS DISTINCT FROM 'object' THEN
        RAISE 'the arguments of a job are an object' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF task !~ '^[a-z_]+(\.[a-z_]+)+$' THEN
        RAISE 'a task is called app.verb' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF octet_length(arguments::text) > {most_bytes} OR octet_length(task) > 128 THEN
        RETURN -2;
    END IF;
    lane := 'control:' || defer_job.lock;
    IF role_name LIKE 't\_%' THEN
        SELECT uuid INTO STRICT workspace FROM public.tenants_tenant WHERE schema_name = role_name;
        -- A workspace chooses neither its kind nor its lane: its jobs run one at a time and take turns with the others'.
        kind := 'workspace';
        lane := workspace;
        IF (
            SELECT count(*) FROM (
                -- What failed counts as well: else a workspace whose every job fails could fill the table.
                SELECT FROM procrastinate_jobs j
                WHERE j.status IN ('todo', 'failed') AND j.lock = lane LIMIT {most_waiting}
            ) open
        ) >= {most_waiting} THEN
            RETURN -1;
        END IF;
    END IF;
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, args, scheduled_at)
    VALUES (
        kind, task, CASE WHEN at > now() THEN -1 ELSE 0 END, lane,
        jsonb_build_object('workspace', workspace, 'arguments', arguments), at
    ) RETURNING id INTO job_id;
    RETURN job_id;
END $$;
REVOKE ALL ON FUNCTION {extensions}.defer_job(text, jsonb, text, timestamptz, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {extensions}.defer_job(text, jsonb, text, timestamptz, boolean) TO PUBLIC;

-- What the status page and the console may know of the queue: counts and times, no job and no argument.
CREATE OR REPLACE FUNCTION {extensions}.queue_state(
    OUT waiting bigint, OUT running bigint, OUT failed bigint, OUT oldest timestamptz, OUT worker_seen timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = jobs, pg_temp AS $$
    SELECT count(*) FILTER (WHERE j.status = 'todo' AND j.priority > -2 AND COALESCE(j.scheduled_at, now()) <= now()),
           count(*) FILTER (WHERE j.status = 'doing'),
           count(*) FILTER (WHERE j.status = 'failed'),
           min(COALESCE(j.scheduled_at, e.at)) FILTER (WHERE j.status = 'todo' AND j.priority > -2),
           (SELECT max(last_heartbeat) FROM procrastinate_workers)
    FROM procrastinate_jobs j
    LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
$$;

-- When a workspace is erased: forget its jobs, waiting and failed, and those of the platform that name it. Returns how
-- many. A running job is not touched; `waiting_jobs` tells of it.
CREATE OR REPLACE FUNCTION {extensions}.drop_jobs(workspace uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = jobs, pg_temp AS $$
    WITH dropped AS (
        DELETE FROM procrastinate_jobs
        WHERE status <> 'doing' AND position(workspace::text IN args::text) > 0 RETURNING 1
    )
    SELECT count(*) FROM dropped
$$;

-- How many jobs of a workspace are left in the queue, in whatever state, and how many of the platform's still name it.
CREATE OR REPLACE FUNCTION {extensions}.waiting_jobs(workspace uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = jobs, pg_temp AS $$
    SELECT count(*) FROM procrastinate_jobs
    WHERE position(workspace::text IN args::text) > 0 AND (status <> 'doing' OR args ->> 'workspace' = workspace::text)
$$;

REVOKE ALL ON FUNCTION {extensions}.queue_state(), {extensions}.drop_jobs(uuid), {extensions}.waiting_jobs(uuid)
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {extensions}.queue_state(), {extensions}.drop_jobs(uuid), {extensions}.waiting_jobs(uuid)
TO {role};
