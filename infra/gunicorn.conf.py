"""gunicorn: threads, because every request holds one database transaction and Django here is WSGI only."""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = False
timeout = 60
graceful_timeout = 20
# A proxy connects when it holds a whole request. Then a worker takes no more of them than it has threads: the rest
# waits in the kernel for whichever worker is free. Otherwise, of twenty at once, one worker takes sixteen and the other
# core rests. Browsers connect ahead of need: without a proxy such a limit would lock people out.
behind_proxy = os.environ.get("WEB_BEHIND_PROXY", "0") == "1"
worker_connections = threads if behind_proxy else 1000
keepalive = 0 if behind_proxy else 5
# Memory of a worker grows with the workspaces it has touched; recycling holds it (docs/subsystems/tenancy.md).
max_requests = int(os.environ.get("WEB_MAX_REQUESTS", "20000"))
max_requests_jitter = 2000
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
# Headers with underscores could pose as ones that a proxy set.
header_map = "drop"
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
# No control socket: nothing on the machine may steer the server through a file.
control_socket_disable = True
accesslog = os.environ.get("ACCESS_LOG") or None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "warning")
