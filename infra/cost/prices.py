"""List prices of AWS in USD: us-east-1, no free tier, no savings plan.

Read in November 2026: aws.amazon.com/{lambda,api-gateway,sqs,eventbridge,dynamodb,s3,cloudwatch,xray,
secrets-manager}/pricing. Other regions differ by up to a quarter; what a carrier charges is not here.
"""

DATE = "2026-11-22"
MILLION = 1_000_000
GB = 1_000_000_000

# What one unit costs. A unit is what the service bills: see infra/cost/units.py for how they are counted.
PRICES: dict[str, float] = {
    "dynamodb_writes": 0.625 / MILLION,  # on demand since 2024-11; 1 KB, twice in a transaction
    "dynamodb_reads": 0.125 / MILLION,  # 4 KB, strongly consistent
    "sqs_fifo": 0.50 / MILLION,  # requests of 64 KB
    "sqs_standard": 0.40 / MILLION,
    "events": 1.00 / MILLION,  # custom events of 64 KB; delivery in the same account is free
    "http_api": 1.00 / MILLION,  # requests of 512 KB
    "rest_api": 3.50 / MILLION,
    "websocket": 1.00 / MILLION,  # messages of 32 KB, in or out (@connections callbacks)
    "websocket_minutes": 0.25 / MILLION,
    "lambda_requests": 0.20 / MILLION,
    "lambda_gb_seconds": 0.0000133334,  # arm64
    "log_bytes": 0.50 / GB,
    "s3_puts": 0.005 / 1000,
    "s3_gets": 0.0004 / 1000,
    "traces": 5.00 / MILLION,  # X-Ray, recorded
    "metric_reads": 0.01 / 1000,  # metrics asked of GetMetricData
    "secret_reads": 0.05 / 10_000,
}

RESTORE = 0.0001397998  # SnapStart of Python: a GB restored, once for each cold start
# Per month.
ALARM = 0.10  # for each metric it looks at
SECRET = 0.40
METRIC = 0.30  # a name with one set of dimensions
SCHEDULE = 1.00 / MILLION  # EventBridge Scheduler, an invocation
SNAPSHOT = 0.0000015046 * 3600 * 730  # SnapStart of Python: a GB of a published version, kept for a month
DASHBOARD = 3.00
FREE_DASHBOARDS = 3

NAMES = {
    "dynamodb_writes": "DynamoDB writes",
    "dynamodb_reads": "DynamoDB reads",
    "sqs_fifo": "SQS FIFO",
    "sqs_standard": "SQS standard",
    "events": "EventBridge",
    "http_api": "HTTP API",
    "rest_api": "REST API",
    "websocket": "WebSocket messages",
    "websocket_minutes": "WebSocket minutes",
    "lambda_requests": "Lambda requests",
    "lambda_gb_seconds": "Lambda time",
    "log_bytes": "logs",
    "s3_puts": "S3 PUT",
    "s3_gets": "S3 GET",
    "traces": "X-Ray",
    "metric_reads": "CloudWatch reads",
    "secret_reads": "Secrets Manager",
}
