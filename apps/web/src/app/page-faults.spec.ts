import { TestBed } from '@angular/core/testing';
import { PageFaults } from './page-faults';

describe('PageFaults', () => {
  let faults: PageFaults;
  let written: jest.SpyInstance;

  beforeEach(() => {
    written = jest.spyOn(console, 'error').mockImplementation();
    faults = TestBed.inject(PageFaults);
  });
  afterEach(() => written.mockRestore());

  it('tells of an error and writes it to the console', () => {
    const error = new Error('x is undefined');
    faults.handleError(error);
    expect(faults.latest()).toEqual({ words: 'Something on this page went wrong.', detail: 'x is undefined' });
    expect(written.mock.calls.flat()).toContain(error);
    faults.dismiss();
    expect(faults.latest()).toBeUndefined();
  });

  it.each([
    'Failed to fetch dynamically imported module: http://echo.test/chunk-A.js',
    'error loading dynamically imported module: http://echo.test/chunk-A.js',
    'Importing a module script failed.',
  ])('knows of each browser that code did not arrive: %s', (message) => {
    faults.handleError(new TypeError(message));
    expect(faults.latest()?.words).toBe('A part of this page could not be loaded.');
  });

  it('is silent where nothing is broken', () => {
    faults.handleError(new Error('ResizeObserver loop completed with undelivered notifications.'));
    expect(faults.latest()).toBeUndefined();
    expect(written).not.toHaveBeenCalled();
  });
});
