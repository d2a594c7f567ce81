// Loaded before each test file: random tests take the same documents in every run, so that only a change of the sources changes what
// passes. `SEED=n npm test` takes others.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_124) });
