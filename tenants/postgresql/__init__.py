"""The database backend: django-tenants' wrapper with the context set per transaction instead of per cursor."""
