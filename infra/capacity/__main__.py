"""`python -m infra.capacity [REGION]`: what a centre sustains in a region, hop by hop."""

import sys

from infra.capacity.tables import told

sys.stdout.write(told(*sys.argv[1:2]))
