"""Campaigns that are sent by real processes while everything that can go wrong goes wrong; compared number by number.

A package, so that its modules are others than those of the folders above. `make soak` runs it for longer.
"""
