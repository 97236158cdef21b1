import { temperatureIn } from './temperature-in';

describe('temperatureIn', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['0', 0],
    ['.5', 0.5],
    ['0,7', 0.7],
    [' 2 ', 2],
    ['2.01', undefined],
    ['-1', undefined],
    ['1e0', undefined],
    ['warm', undefined],
  ])('reads %j as %s', (text, temperature) => {
    expect(temperatureIn(text)).toBe(temperature);
  });
});
