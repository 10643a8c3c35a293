# The service in a container: docker build -t kg . && docker run -p 127.0.0.1:8000:8000 -v kg-data:/data kg
# docs/operating.md has the rest.

FROM python:3.11-slim AS build
WORKDIR /source
COPY pyproject.toml hatch_build.py constraints.txt README.md LICENSE ./
COPY editor ./editor
COPY src ./src
COPY data ./data
COPY ontology ./ontology
COPY shapes ./shapes
RUN python -m venv /opt/kg \
 && pip wheel --no-cache-dir --no-deps --wheel-dir /wheel . \
 && /opt/kg/bin/pip install --no-cache-dir --disable-pip-version-check -c constraints.txt "$(echo /wheel/*.whl)[research]"

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin kg \
 && install -d -o kg -g kg -m 0750 /data
COPY --from=build /opt/kg /opt/kg
ENV PATH=/opt/kg/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    KG_DATA=/data \
    KG_ACCESS_LOG=-
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=8s --start-period=120s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=7)"]
ENTRYPOINT ["kg"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
