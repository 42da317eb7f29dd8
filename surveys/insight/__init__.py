"""What a drafter should know before asking: the burden, and what was asked before."""
