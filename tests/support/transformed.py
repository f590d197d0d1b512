"""What SAM makes of a template, as AWS does before CloudFormation sees it."""

import json
import os
from collections.abc import Mapping
from typing import Any
from unittest.mock import patch

from samtranslator.translator.transform import transform

from infra.local.template import with_code


def transformed(told: Mapping[str, Any]) -> dict[str, Any]:
    """What SAM makes of a template: a role for every function, and the like."""
    plain = json.loads(json.dumps(with_code(told, lambda bundle: "s3://code/code.zip")))
    with patch.dict(os.environ, {"AWS_DEFAULT_REGION": "ap-northeast-2"}):
        return dict(transform(plain, {}, Policies()))


class Policies:
    """No managed policy is used by name."""

    def load(self) -> dict[str, str]:
        return {}
