"""What botocore reads of a config and a credentials file.

One JSON request a line on standard input, {"config": base64, "credentials": base64 or null}, one JSON answer a line on standard
output: {"ok": true, "profiles": {...}}, as Session.full_config has them, or {"ok": false, "file": ..., "kind": ..., "line": n or null}.

botocore does not say in which line an indented block goes wrong. So that this needs no second reading of the grammar, the lines that
configparser is given carry their numbers, as a subclass of str, into the lists that it makes values of, and botocore is asked again about
each of them alone. A Python that makes other strings of its lines loses the numbers; then the line is null.
"""

import atexit
import base64
import configparser
import json
import os
import shutil
import sys
import tempfile

import botocore.configloader as configloader
import botocore.session
from botocore.exceptions import ConfigParseError


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


configloader.configparser.RawConfigParser = Spy

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
        # Session.full_config does no more than this, which main() checks; a session takes a hundred times as long.
        config = configloader.load_config(paths['config'])
    except ConfigParseError as error:
        kind, line = kind_of(error.kwargs['error'], data['config'])
        return {'ok': False, 'file': 'config', 'kind': kind, 'line': line}
    if 'credentials' in data:
        try:
            credentials = configloader.raw_config_parse(paths['credentials'])
        except ConfigParseError as error:
            kind, line = kind_of(error.kwargs['error'], data['credentials'])
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
    os.environ.update(variables)
    return botocore.session.Session().get_config_variable('profile')


def main():
    for line in sys.stdin:
        request = json.loads(line)
        if 'variables' in request:
            result = chosen_profile(request['variables'])
        else:
            result = answer(request)
            if request.get('check'):
                assert result.get('profiles') == by_session(), (result, by_session())
        print(json.dumps(result), flush=True)


main()
