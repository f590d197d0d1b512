"""What each part of a centre sustains, computed from the template and the published quotas of AWS."""
