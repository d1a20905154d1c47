"""Settings: `production` is the default; `demo` and `test` say so by their name."""
