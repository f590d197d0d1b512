"""Take a deployed stack away, a failed deployment's too. It says what is kept and how to delete it.

--bucket NAME deletes a bucket that was kept, with everything in it.
"""

from argparse import ArgumentParser, Namespace

from infra.cli.answer import Answer, WrongUse
from infra.cli.confirm import confirmed
from infra.cli.functions import resources
from infra.cli.orphans import orphans
from infra.cli.place import STACK, Place
from infra.cli.publish import empty
from infra.cli.removal import remove
from infra.cli.states import ABSENT, state

BUCKET = "AWS::S3::Bucket"
BUCKET_ASKED = """This deletes the bucket {bucket} with all files and all their versions: reports,
attachments, messages too large for a queue. Nobody can bring them back."""
PAGES = "Web"  # the bucket of pages in the template, which goes with the stack
ASKED = """This deletes the stack {stack}: doors, functions, queues (with whatever lies in them) and pages.
Messages that arrive from then on are lost. Kept are the table, the files, the staff and the secrets."""
CODE = (
    "The uploaded code lies in the bucket of the stack aws-sam-cli-managed-default; other stacks may use it."
)


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--stack", metavar="NAME", default=STACK, help=f"default: {STACK}")
    parser.add_argument("--bucket", metavar="NAME", help="delete this kept bucket, all its versions included")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(given: Namespace) -> Answer:
    """Outputs are not asked: a deployment that failed has none."""
    place = Place(given.stack, "", {}, {})
    if given.bucket:
        return _bucket_deleted(place, given.bucket, given.yes)
    if state(place.client("cloudformation"), place.stack) == ABSENT:
        return _told(place, f"There is no stack {place.stack} in this account and region.", False, [])
    if not confirmed(ASKED.format(stack=place.stack), place.stack, given.yes):
        return Answer({"undeployed": False}, "Nothing was changed.", yes=False)
    return _told(place, "The stack is gone.", True, take_away(place))


def _bucket_deleted(place: Place, bucket: str, yes: bool) -> Answer:
    """Only what was left: a bucket in use belongs to a stack that is there."""
    import boto3

    if not any(one.name == bucket for one in orphans(place) if one.type == BUCKET):
        raise WrongUse(f"No bucket {bucket} is left of {place.stack}; undeploy names what is.")
    if not confirmed(BUCKET_ASKED.format(bucket=bucket), bucket, yes):
        return Answer({"deleted": False}, "Nothing was changed.", yes=False)
    kept = boto3.resource("s3").Bucket(bucket)
    kept.object_versions.delete()
    kept.delete()
    return Answer({"deleted": True}, f"The bucket {bucket} is gone.")


def take_away(place: Place) -> list[str]:
    """Returns what AWS could not delete."""
    s3 = place.client("s3")
    for name, bucket in resources(place, BUCKET):
        if name == PAGES and bucket:
            _empty(s3, bucket)
    return remove(place.client("cloudformation"), place.stack)


def _empty(s3: object, bucket: str) -> None:
    """The resource may be listed although its bucket is gone: a rollback was there before us."""
    from botocore.exceptions import ClientError

    try:
        empty(s3, bucket)
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") != "NoSuchBucket":
            raise


def _told(place: Place, first: str, undeployed: bool, stuck: list[str]) -> Answer:
    left = orphans(place)
    kept = {one.name: one.commands(place.stack) for one in left}
    steps = [f"  {line}" for name, how in kept.items() for line in (f"{name}:", *(f"  {one}" for one in how))]
    said = [first, *([f"AWS could not delete: {', '.join(stuck)}."] if stuck else [])]
    said += ["Kept, until you delete it:", *steps, CODE] if steps else ["Nothing of it is left."]
    document = {"undeployed": undeployed, "kept": kept, "not_deleted": stuck}
    return Answer(document, "\n".join(said), yes=True)
