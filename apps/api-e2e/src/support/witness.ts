import { ApiWitness, builtDescription } from '@echo/testing';

// Jest runs this beside every spec file: what a test has seen of the API is held against the API's own description, and fails the test where it differs.
const witness = ApiWitness.start(builtDescription);
afterEach(() => void witness.check());
afterAll(() => {
  witness.stop();
  witness.check();
});
