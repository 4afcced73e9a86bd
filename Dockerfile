# syntax=docker/dockerfile:1

# The first stage installs Clipping and indexes the articles; the second takes the results only.
FROM python:3.11-slim AS build
# Options for pip, for instance --build-arg PIP_ARGS="--extra-index-url ADDRESS" for torch's CPU build.
ARG PIP_ARGS=""
# The extras of pyproject.toml that the image has; --build-arg EXTRAS="" leaves PostgreSQL out.
ARG EXTRAS="[postgres]"
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv --without-pip /opt/clipping
COPY requirements.lock ./
# hadolint ignore=DL3042,SC2086
RUN python -m pip --python /opt/clipping install ${PIP_ARGS} --requirement requirements.lock
COPY pyproject.toml setup.py README.md LICENSE requirements-dev.lock ./
COPY bot bot
COPY config config
COPY index index
COPY retrieval retrieval
# As a constraint, the second list fixes the versions of the extras and installs nothing more.
# hadolint ignore=DL3042,SC2086
RUN python -m pip --python /opt/clipping install ${PIP_ARGS} --no-build-isolation \
    --constraint requirements-dev.lock ".${EXTRAS}"
# Writing the encoder's graph takes torch some seconds: done here, so that no container has to.
COPY seeds /articles
WORKDIR /
RUN /opt/clipping/bin/clipping index --articles /articles --library /library build

FROM python:3.11-slim
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
    PORT=3000
USER 10001
WORKDIR /state
VOLUME ["/articles", "/library", "/state"]
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
# `docker run IMAGE ask "where is the HQ?"` answers once; without a command the bot starts.
ENTRYPOINT ["clipping"]
CMD ["run"]
