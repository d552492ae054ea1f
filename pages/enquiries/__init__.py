"""The form by which visitors write to CLAIR, from any language, without an account or a cookie."""
