# The production server. Build: docker build -t patchline .   Run it beside PostgreSQL: docker compose -f deploy/compose.yaml up
FROM python:3.11-slim

RUN useradd --create-home patchline
WORKDIR /opt/patchline
COPY requirements-bootstrap.lock requirements.lock requirements-watch.lock pyproject.toml README.md LICENSE ./
COPY scripts ./scripts
COPY app ./app
COPY migrations ./migrations
# WATCH=1 adds what SENTRY_DSN and OTEL_EXPORTER_OTLP_ENDPOINT need (docs/deployment.md).
ARG WATCH=""
RUN python scripts/environment.py run \
    && if [ -n "$WATCH" ]; then .venv/bin/python -m pip install -q --require-hashes -r requirements-watch.lock; fi \
    && mkdir instance && chown -R patchline instance

USER patchline
ENV HOST=0.0.0.0 INSTANCE_DIR=/opt/patchline/instance
EXPOSE 5000
# The journal, the campaigns' keys and, without DATABASE_URL, the database.
VOLUME /opt/patchline/instance
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["/opt/patchline/.venv/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:5000/healthz', timeout=2)"]
CMD ["scripts/serve"]
