"""The front door of the local run: friendly addresses, and nothing else. On AWS CloudFront does this."""
