"""What the AWS CLI makes of a text in its shorthand syntax, and of the words of a create-cluster command.

One JSON request a line on standard input, one JSON answer a line on standard output. {"shorthand": text} is answered by
{"ok": true, "value": ...} or {"ok": false, "message": ..., "at": n}; {"words": [...]}, those behind `aws`, by {"ok": true, "request": ...},
the body that would be sent, or {"ok": false, "error": ...}. Nothing is sent, and files are not read.
"""

import contextlib
import io
import json
import sys

import awscli.shorthand as shorthand
from awscli.clidriver import create_clidriver
from awscli.customizations.emr import emrutils
from botocore.awsrequest import AWSResponse

shorthand.get_paramfile = lambda value, prefixes: None
sent = []
clients = {}


class Raw:
    def stream(self, *args, **kwargs):
        yield b'{"JobFlowId": "j-1"}'


def keep(request, **kwargs):
    sent.append(json.loads(request.body))
    return AWSResponse(request.url, 200, {}, Raw())


def call(session, operation_name, parameters, region_name=None, endpoint_url=None, verify=None):
    """As emrutils.call, but for a client that is made once, and an answer that comes from here."""
    if 'emr' not in clients:
        clients['emr'] = session.create_client('emr', region_name='eu-west-1')
        clients['emr'].meta.events.register('before-send.emr', keep)
    return getattr(clients['emr'], operation_name)(**parameters)


emrutils.call = call
drivers = []


def of_shorthand(text):
    try:
        return {'ok': True, 'value': shorthand.ShorthandParser().parse(text)}
    except shorthand.ShorthandParseSyntaxError as error:
        return {'ok': False, 'message': f"Expected: '{error.expected}', received: '{error.actual}'", 'at': error.index}
    except shorthand.DuplicateKeyInObjectError as error:
        return {'ok': False, 'message': f'Second instance of key "{error.key}" encountered', 'at': error.index}


def driver():
    """Each command leaves its handlers with the session, which slows down what follows."""
    if not drivers or drivers[0][1] >= 20:
        drivers[:] = [[create_clidriver(), 0]]
    drivers[0][1] += 1
    return drivers[0][0]


def of_command(words):
    sent.clear()
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
        try:
            driver().main(words)
        except SystemExit:
            pass
    return {'ok': True, 'request': sent[0]} if sent else {'ok': False, 'error': errors.getvalue()}


for line in sys.stdin:
    request = json.loads(line)
    answer = of_shorthand(request['shorthand']) if 'shorthand' in request else of_command(request['words'])
    print(json.dumps(answer), flush=True)
