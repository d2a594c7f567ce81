"""moto's server with an account in it already: over HTTP, a role takes moto 15 ms and more, one at a time."""
import json
import sys

from moto.core import DEFAULT_ACCOUNT_ID
from moto.iam.models import iam_backends
from moto.server import main

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }
)
INLINE = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a+b/*"}]})


def fill(count):
    backend = iam_backends[DEFAULT_ACCOUNT_ID]["aws"]
    # Creating a role looks at every other one, which is not what is measured here.
    names = backend.get_roles
    backend.get_roles = lambda: []
    for number in range(count):
        name = f"other-{number:05}"
        role = backend.create_role(name, TRUST, "/other/", None, "", [], "3600")
        role.put_policy("inline", INLINE)
        if number % 4 == 0:
            profile = backend.create_instance_profile(name, "/", [])
            profile.roles.append(role)
    backend.get_roles = names


fill(int(sys.argv[1]))
main(sys.argv[2:])
