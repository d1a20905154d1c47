"""Settings: `production` is the default; `demo` and `test` say so by their name.

`base` has what they share, `environment` lists what may be set and `readers` how it is read.
"""
