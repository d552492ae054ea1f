# The site as one image: web, workers and beat differ only in their command (docker-compose.yml).
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PATH=/venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=clair_site.settings.production

RUN python -m venv /venv && useradd --system clair

WORKDIR /app
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY . .
# The key and the host stand for the real ones while static files are gathered; neither is kept.
RUN SECRET_KEY=build ALLOWED_HOSTS=build python manage.py collectstatic --noinput
RUN SECRET_KEY=build ALLOWED_HOSTS=build python manage.py catalogues --compile
# A volume mounted at var/media takes its owner from here. Static files stay in the image.
RUN mkdir -p var/media && chown clair var var/media

USER clair
EXPOSE 8000
CMD ["gunicorn", "clair_site.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=2", "--threads=8", "--timeout=60", "--no-control-socket"]
