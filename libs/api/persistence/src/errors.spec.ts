import { isDataError, isUnavailable } from './errors';

describe('an error of the database', () => {
  it.each([
    ['08006', 'a connection that broke'],
    ['53100', 'a full disk'],
    ['53300', 'too many connections'],
    ['57014', 'a statement that took too long'],
    ['57P01', 'a server that shuts down'],
    ['25P03', 'a transaction that stood still'],
    ['ECONNREFUSED', 'a server that is not there'],
  ])('%s says that it is away: %s', (code) => {
    expect(isUnavailable(Object.assign(new Error('no'), { code }))).toBe(true);
    expect(isUnavailable({ driverError: { code } })).toBe(true);
  });

  it.each([
    ['22021', true],
    ['23505', true],
    ['42601', false],
    ['40001', false],
  ])('%s is none of these; the data is to blame: %s', (code, ofData) => {
    expect([isUnavailable({ code }), isDataError({ code })]).toEqual([false, ofData]);
  });
});
