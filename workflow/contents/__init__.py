"""What a file from outside is and holds: read in bounded pieces, never run, never unpacked as a whole. Pure."""
