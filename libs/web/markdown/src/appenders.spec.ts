import { TestBed } from '@angular/core/testing';
import { Appender } from './appender';
import { Appenders } from './appenders';

describe('Appenders', () => {
  it('keeps appenders with a list, a table and code open from the first one on', () => {
    const kept = new Set<Appender>();
    const write = Appender.prototype.write;
    const written = jest.spyOn(Appender.prototype, 'write').mockImplementation(function (this: Appender, text: string) {
      kept.add(this);
      return write.call(this, text);
    });
    const appenders = TestBed.inject(Appenders);

    appenders.create(document.createElement('div'), () => undefined);
    expect([...kept].map(({ host }) => host.firstChild?.nodeName)).toEqual(['UL', 'DIV', 'DIV']);
    expect([...kept].map(({ openCode }) => openCode !== null)).toEqual([false, false, true]);
    expect([...kept].map(({ host }) => host.textContent)).toEqual(['a', 'ab', 'WrapCopya']);
    // What is not clear would be held by nobody.
    expect(written.mock.results.map(({ value }) => value as boolean)).toEqual([true, true, true]);

    appenders.create(document.createElement('div'), () => undefined);
    expect(kept.size).toBe(3);
  });
});
