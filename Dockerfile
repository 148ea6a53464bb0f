FROM python:3.11-slim AS build
WORKDIR /src
COPY . .
RUN python -m pip install --no-cache-dir build && python -m build --wheel

FROM python:3.11-slim
COPY --from=build /src/constraints.txt /src/dist/*.whl /tmp/
RUN python -m pip install --no-cache-dir --constraint /tmp/constraints.txt /tmp/*.whl \
 && rm /tmp/*.whl /tmp/constraints.txt \
 && useradd --create-home drift
USER drift
WORKDIR /home/drift
EXPOSE 8000
ENTRYPOINT ["link-drift"]
CMD ["serve", "--host", "0.0.0.0"]
