"""`python -m infra.cost`: what a thousand messages cost, and a month without any."""

import sys

from infra.cost.tables import told

sys.stdout.write(told())
