// The same where there is no Node: mocha's own bundle for browsers makes itself global.

import 'mocha/mocha.js';
import { mochaOptions } from './run';

const made = mocha.setup(mochaOptions);

export { made as mocha };
