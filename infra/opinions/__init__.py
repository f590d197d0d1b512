"""A second opinion on the template, from tools that are not the embedded AWS: `make template`."""
