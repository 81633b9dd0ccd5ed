"""The local stack: real servers on loopback, everything they write under var/, stopped as they were started."""
