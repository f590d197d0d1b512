"""`patchbay`, the command line: one module per command in commands/."""
