# syntax=docker/dockerfile:1

# The first stage installs Clipping and indexes the articles; the second takes the results only.
# Every build takes the newest 3.11-slim. To fix it: --build-arg BASE="python@sha256:DIGEST", with the
# digest that `docker buildx imagetools inspect python:3.11-slim` prints.
ARG BASE="python:3.11-slim"
FROM ${BASE} AS build
# Options for pip, for instance --build-arg PIP_ARGS="--extra-index-url ADDRESS" for torch's CPU build.
ARG PIP_ARGS=""
# The packages of requirements-dev.lock that the image has as well; --build-arg EXTRAS="" leaves
# PostgreSQL out.
ARG EXTRAS="psycopg psycopg-binary"
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv --without-pip /opt/clipping
COPY requirements.lock requirements-dev.lock torch.lock ./
# The lists hold every package and the hashes of its files. Of the second one, EXTRAS are taken; a
# package there is a line that begins with its name, and the lines of its hashes, which are indented.
# hadolint ignore=DL3042,SC2086
RUN awk -v extras=" ${EXTRAS} " \
        '/^[^ ]/ {split($1, part, "=="); on = index(extras, " " part[1] " ")} on' \
        requirements-dev.lock > extras.lock \
    && cat requirements.lock extras.lock > all.lock \
    && python -m pip --python /opt/clipping install ${PIP_ARGS} --require-hashes --no-deps \
        --requirement all.lock \
    && python -m pip --python /opt/clipping install ${PIP_ARGS} --requirement torch.lock
COPY pyproject.toml setup.py README.md LICENSE ./
COPY bot bot
COPY config config
COPY index index
COPY retrieval retrieval
# hadolint ignore=DL3042
RUN python -m pip --python /opt/clipping install --no-deps --no-build-isolation .
# Writing the encoder's graph takes torch some seconds: done here, so that no container has to.
COPY seeds /articles
WORKDIR /
RUN /opt/clipping/bin/clipping index --articles /articles --library /library build

FROM ${BASE}
RUN useradd --system --uid 10001 --no-create-home clipping \
    && install --directory --owner clipping /state
COPY --from=build /opt/clipping /opt/clipping
COPY --from=build /articles /articles
COPY --from=build --chown=clipping /library /library
ENV PATH=/opt/clipping/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ARTICLES=/articles \
    LIBRARY=/library \
    DATABASE_URL=sqlite:////state/state.db \
    PORT=3000 \
    HEALTH_PORT=3001
USER 10001
WORKDIR /state
VOLUME ["/articles", "/library", "/state"]
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"HEALTH_PORT\"]}/healthz', timeout=4)"]
# `docker run IMAGE ask "where is the HQ?"` answers once; without a command the bot starts.
ENTRYPOINT ["clipping"]
CMD ["run"]
