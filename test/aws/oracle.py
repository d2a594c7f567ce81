"""What the AWS CLI's own code makes of a config file, of shorthand texts and of the words of a command, without starting it anew for each.

Run by a Python that has the CLI's package, of version 1 or 2. One JSON request a line on standard input, one JSON answer a line on
standard output. Nothing is sent, and shorthand reads no files.

{"config": base64, "credentials": base64 or null}: {"ok": true, "profiles": {...}}, as Session.full_config has them, or {"ok": false,
    "file": ..., "kind": ..., "line": n or null}.
{"variables": {...}}: the profile that the CLI takes with these environment variables, or null.
{"shorthand": text}: {"ok": true, "value": ...} or {"ok": false, "message": ..., "at": n}.
{"words": [...]}, those behind `aws`: {"ok": true, "request": ...}, the body that would be sent, or {"ok": false, "error": ..., "code": n}.
{"options": "create-cluster"}: its options by name, each with its members where it has some.

botocore does not say in which line an indented block goes wrong. So that this needs no second reading of the grammar, the lines that
configparser is given carry their numbers, as a subclass of str, into the lists that it makes values of, and botocore is asked again about
each of them alone. A Python that makes other strings of its lines loses the numbers; then the line is null.
"""

import atexit
import base64
import configparser
import contextlib
import io
import json
import os
import shutil
import sys
import tempfile

# Version 2 has a botocore of its own, which only it finds: it comes first.
import awscli.clidriver as clidriver
import awscli.shorthand as shorthand
import botocore.configloader as configloader
import botocore.session
from awscli.customizations.emr import emrutils
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConfigParseError

sys.argv[0] = 'aws'


class Line(str):
    number = 0

    def strip(self, *args):
        return self.same(str.strip(self, *args))

    def __getitem__(self, key):
        return self.same(str.__getitem__(self, key))

    def same(self, text):
        line = Line(text)
        line.number = self.number
        return line


def numbered(lines):
    for number, text in enumerate(lines, start=1):
        line = Line(text)
        line.number = number
        yield line


class Spy(configparser.RawConfigParser):
    """Remembers the numbers of the lines of each value, by the value's text."""

    values = {}

    def _read(self, fp, fpname):
        Spy.values = {}
        super()._read(numbered(fp), fpname)

    def _join_multiline_values(self):
        kept = []
        for section, options in [*self._sections.items(), (self.default_section, self._defaults)]:
            for option, lines in options.items():
                if isinstance(lines, list):
                    kept.append((section, option, [getattr(line, 'number', None) for line in lines], list(lines)))
        super()._join_multiline_values()
        for section, option, numbers, lines in kept:
            Spy.values[(section, option)] = (numbers, lines)

    def get(self, section, option, **kwargs):
        Spy.last = (section, option) if option in self._sections[section] else (self.default_section, option)
        return super().get(section, option, **kwargs)


def failing_line():
    numbers, lines = Spy.values.get(Spy.last, ([], []))
    for number, text in zip(numbers, lines):
        try:
            configloader._parse_nested(text)
        except ValueError:
            return number
    return None


configparser.RawConfigParser = Spy

folder = tempfile.mkdtemp()
atexit.register(shutil.rmtree, folder)
paths = {name: os.path.join(folder, name) for name in ('config', 'credentials')}


def kind_of(error, data):
    if isinstance(error, configparser.DuplicateSectionError):
        return 'duplicate-section', error.lineno
    if isinstance(error, configparser.DuplicateOptionError):
        return 'duplicate-setting', error.lineno
    if isinstance(error, configparser.MissingSectionHeaderError):
        return ('byte-order-mark' if data.startswith(b'\xef\xbb\xbf') else 'setting-before-section'), error.lineno
    if isinstance(error, configparser.ParsingError):
        return 'stray-line', error.errors[0][0]
    if isinstance(error, UnicodeDecodeError):
        return 'encoding', None
    assert isinstance(error, ValueError), repr(error)
    return 'nested-line-without-equals', failing_line()


def answer(request):
    data = {name: base64.b64decode(request[name]) for name in paths if request.get(name) is not None}
    for name, path in paths.items():
        if name in data:
            with open(path, 'wb') as file:
                file.write(data[name])
        elif os.path.exists(path):
            os.remove(path)
    try:
        # Session.full_config does no more than this, which reading() checks; a session takes a hundred times as long.
        config = configloader.load_config(paths['config'])
    except ConfigParseError as error:
        kind, line = kind_of(error.__context__, data['config'])
        return {'ok': False, 'file': 'config', 'kind': kind, 'line': line}
    if 'credentials' in data:
        try:
            credentials = configloader.raw_config_parse(paths['credentials'])
        except ConfigParseError as error:
            kind, line = kind_of(error.__context__, data['credentials'])
            return {'ok': False, 'file': 'credentials', 'kind': kind, 'line': line}
        for name, values in credentials.items():
            config['profiles'].setdefault(name, {}).update(values)
    return {'ok': True, 'profiles': config['profiles']}


def by_session():
    os.environ['AWS_CONFIG_FILE'] = paths['config']
    os.environ['AWS_SHARED_CREDENTIALS_FILE'] = paths['credentials']
    try:
        return botocore.session.Session().full_config['profiles']
    except ConfigParseError:
        return None


def chosen_profile(variables):
    for name in ('AWS_PROFILE', 'AWS_DEFAULT_PROFILE'):
        os.environ.pop(name, None)
    os.environ.update(variables, AWS_CONFIG_FILE='none', AWS_SHARED_CREDENTIALS_FILE='none')
    return clidriver.create_clidriver().session.get_config_variable('profile')


shorthand.get_paramfile = lambda value, prefixes: None


def of_shorthand(text):
    try:
        return {'ok': True, 'value': shorthand.ShorthandParser().parse(text)}
    except shorthand.ShorthandParseSyntaxError as error:
        return {'ok': False, 'message': f"Expected: '{error.expected}', received: '{error.actual}'", 'at': error.index}
    except shorthand.DuplicateKeyInObjectError as error:
        return {'ok': False, 'message': f'Second instance of key "{error.key}" encountered', 'at': error.index}


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


def driver():
    """Each command leaves its handlers with the session, which slows down what follows, and its region."""
    if not drivers or drivers[0][1] >= 20:
        drivers[:] = [[clidriver.create_clidriver(), 0]]
    drivers[0][1] += 1
    drivers[0][0].session._session_instance_vars.clear()
    return drivers[0][0]


def run(words):
    """The exit code. In version 2, what argparse refuses is said further out than the driver."""
    entry = getattr(clidriver, 'AWSCLIEntryPoint', None)
    try:
        return entry(driver()).main(words) if entry else driver().main(words)
    except SystemExit as error:
        return error.code


def of_command(words):
    sent.clear()
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
        code = run(words)
    return {'ok': True, 'request': sent[0]} if sent else {'ok': False, 'error': errors.getvalue(), 'code': code}


def members(shape):
    """Of a list or a map, those of its items; null where there are none."""
    if shape.type_name == 'structure':
        return {name: members(member) for name, member in shape.members.items()}
    return members(shape.member) if shape.type_name == 'list' else members(shape.value) if shape.type_name == 'map' else None


def options_of(command):
    emr = driver()._get_command_table()['emr']
    table = emr._get_command_table()[command].arg_table
    return {name: members(option.argument_model) if hasattr(option.argument_model, 'type_name') else None for name, option in table.items()}


def reading(request):
    result = answer(request)
    if request.get('check'):
        assert result.get('profiles') == by_session(), (result, by_session())
    return result


requests = {
    'config': reading,
    'variables': lambda request: chosen_profile(request['variables']),
    'shorthand': lambda request: of_shorthand(request['shorthand']),
    'words': lambda request: of_command(request['words']),
    'options': lambda request: options_of(request['options']),
}

for line in sys.stdin:
    request = json.loads(line)
    [kind] = [kind for kind in requests if kind in request]
    print(json.dumps(requests[kind](request)), flush=True)
