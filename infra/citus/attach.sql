-- Attach two workers. As superuser on the coordinator: psql -d tongxin -v ON_ERROR_STOP=1 -f attach.sql
-- Change the names; run it again for another worker, nodes that are there already are passed over.
\set coordinator 'coordinator'
\set first 'worker-1'
\set second 'worker-2'

CREATE EXTENSION IF NOT EXISTS citus;
SELECT citus_set_coordinator_host(:'coordinator', 5432);
SELECT citus_add_node(:'first', 5432);
SELECT citus_add_node(:'second', 5432);
-- The coordinator keeps the control schema and spares; distributed workspaces go to the workers.
SELECT citus_set_node_property(:'coordinator', 5432, 'shouldhaveshards', false);
SELECT nodename, nodeport, isactive, shouldhaveshards FROM pg_dist_node ORDER BY nodeid;
SELECT result FROM citus_check_cluster_node_health() WHERE NOT result;
