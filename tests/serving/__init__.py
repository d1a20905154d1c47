"""The real server in front of a few addresses that make it work hard; see `test_serving`."""
