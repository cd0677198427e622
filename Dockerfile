# One image, four commands: web (the default), worker, timetable, and before them once for each version: prepare
# (compose.yaml shows all). Nothing runs as root.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /service
COPY requirements/run.txt requirements/run.txt
RUN python -m venv /venv && /venv/bin/pip install --require-hashes -r requirements/run.txt
COPY . .
RUN LMS_DATA_DIR=/build /venv/bin/python manage.py compile_catalogues \
 && rm -rf tests docs deploy \
 && chmod -R a+rX .

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Green Skills" org.opencontainers.image.licenses="EUPL-1.2"
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LMS_DATA_DIR=/data
RUN useradd --system --uid 10001 --home-dir /service --shell /usr/sbin/nologin service \
 && install -d -o service -g service -m 0700 /data
COPY --from=build /venv /venv
COPY --from=build /service /service
WORKDIR /service
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--http", "1", "--no-ws", "--workers", "2", "--blocking-threads", "4", "--backlog", "2048", "--backpressure", "512", "--respawn-failed-workers", "--workers-kill-timeout", "10", "lms.wsgi:application"]
