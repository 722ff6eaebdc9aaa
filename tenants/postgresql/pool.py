"""psycopg's pool, handing out the connection that knows the workspace."""

from typing import Any

from psycopg_pool import ConnectionPool

from tenants import context


class KnowingPool(ConnectionPool[Any]):
    """A backend's first look into a schema costs several times its next one. So whoever works in a schema gets a
    connection that has seen it; who comes with another one gets that which was used last, and connections that nobody
    needs stay idle and are closed. psycopg's own way is to go round, until every connection has seen everything.
    """

    def _get_ready_connection(self, timeout: float | None) -> Any:
        """Called under the pool's lock; the leftmost one is given out."""
        ready = self._pool
        if len(ready) > 1:
            best = self._best()
            ready.remove(best)
            ready.appendleft(best)
        return super()._get_ready_connection(timeout)

    def _best(self) -> Any:
        wanted = context.current.get()
        if wanted is not None:
            for connection in reversed(self._pool):
                if wanted.schema in getattr(connection, "schemas_seen", ()):
                    return connection
        return self._pool[-1]
