"""The tamper-evident log: a Merkle tree over the audit events, signed checkpoints, proofs. Format: docs/log.md.

`tree`, `notes`, `entries` and `verify_log` are pure; `verify_log.py` also runs alone, as a program.
"""
