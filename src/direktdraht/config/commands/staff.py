"""``direktdraht staff add``: the first accounts of the administration, before anybody can sign in."""

import argparse


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("staff", help="give a person a place in a unit of the administration")
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    adding = verbs.add_parser("add", help="add a person; prints the link that sets the password, once")
    adding.add_argument("email", metavar="EMAIL")
    adding.add_argument("--name", required=True, help="as the person writes it")
    adding.add_argument("--unit", required=True, metavar="KEY", help="key of the unit; made if it does not exist")
    adding.add_argument("--unit-name", default="", help="name of a unit that is made")
    adding.add_argument("--role", default="clerk", choices=("clerk", "lead", "forms", "finance", "admin"))
    adding.set_defaults(operation="direktdraht.config.operations.staff_add")
