"""Whom a recommendation asks to act, in the words of the passage: the constructions that name somebody, and who can act."""

from indexer.marking.addressees.constructions import (
    find_addressee,
    find_addressee_in_heading,
    find_addressee_of_list,
    opens_request,
)

__all__ = ["find_addressee", "find_addressee_in_heading", "find_addressee_of_list", "opens_request"]
