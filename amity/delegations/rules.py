"""Rules between records of delegations."""

from collections.abc import Iterator

from amity.record.folder_rules import Broken, Record, Records


def group_of_the_same_gathering(record: Record, records: Records) -> Iterator[Broken]:
    """A delegate's group is one of the gathering that the delegation goes to."""
    key = record.get("group")
    group = records.find("group", key) if key is not None else None
    delegation = records.find("delegation", record["delegation"])
    if group is None or delegation is None:
        return
    if group["gathering"] != delegation["gathering"]:
        yield Broken(
            "group",
            f"{key} is a group of {group['gathering']}; expected one of {delegation['gathering']}",
        )
