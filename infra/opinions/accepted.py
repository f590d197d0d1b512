"""The findings that stay, each with its reason. One that nothing needs any more fails `make template`."""

from infra.opinions.finding import Accepted

LINT = (
    Accepted("I3011", "queues and logs go with the stack; a test sees to what must stay"),
    Accepted(
        "W1030", "the topic is empty for other doors only, which have no subscription", "NoticesSubscription"
    ),
)
CHECKOV = (
    Accepted("CKV_AWS_18", "access logs would hold more about customers than what they guard"),
    Accepted("CKV_AWS_76", "as CKV_AWS_18, for the staff's API"),
    Accepted("CKV_AWS_86", "as CKV_AWS_18, for CloudFront"),
    Accepted("CKV_AWS_95", "as CKV_AWS_18, for the HTTP and WebSocket APIs"),
    Accepted("CKV_AWS_21", "the pages are made from the repository; the bucket of files is versioned"),
    Accepted("CKV_AWS_26", "alarms name functions and queues, nothing of customers"),
    Accepted("CKV_AWS_27", "queues are encrypted by SQS itself"),
    Accepted("CKV_AWS_115", "concurrency is limited at the queues; doors must never be throttled"),
    Accepted(
        "CKV_AWS_116", "functions behind queues have the queue's dead letters; doors answer their callers"
    ),
    Accepted(
        "CKV_AWS_117", "no VPC: what the functions reach is an AWS service or a provider on the internet"
    ),
    Accepted("CKV_AWS_119", "the key AWS owns; a key of one's own costs more than the idle centre"),
    Accepted("CKV_AWS_120", "what staff see must never come from a cache"),
    Accepted("CKV_AWS_149", "as CKV_AWS_119, for secrets"),
    Accepted("CKV_AWS_158", "as CKV_AWS_119, for logs, which hold no contents"),
    Accepted("CKV_AWS_173", "environment variables hold names, never secrets"),
    Accepted("CKV_AWS_174", "the certificate is CloudFront's own until the centre has a domain name"),
)
PARLIAMENT: tuple[Accepted, ...] = ()
TRANSFORM = (
    Accepted("I3042", "the transform writes its own ARNs for the partition aws, the only one we name"),
)
