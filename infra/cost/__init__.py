"""What it costs, counted: the real handlers run over twins that count what AWS would bill."""
