"""Every Word paper of a procedure: a frozen dataclass in, the bytes of a .docx out."""
