// The runner that the test files register with. It comes first among the imports: it makes `suite` and `test` global.

import Mocha from 'mocha';
import { mochaOptions } from './run';

export const mocha = new Mocha(mochaOptions);

mocha.suite.emit('pre-require', globalThis, '', mocha);
