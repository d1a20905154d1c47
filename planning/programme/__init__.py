"""Problem 2: contributions into sessions, sessions into rooms and slots."""
