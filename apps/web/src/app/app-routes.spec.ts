import { provideLocationMocks } from '@angular/common/testing';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { routes } from './app-routes';
import { signedIn } from './session-guards';

@Component({ selector: 'echo-stand-in', template: 'chat' })
class StandIn {}

describe('the routes', () => {
  let harness: RouterTestingHarness;

  beforeEach(async () => {
    const [chat, ...others] = routes;
    TestBed.configureTestingModule({
      providers: [provideRouter([{ ...chat, component: StandIn, canActivate: [] }, ...others]), provideLocationMocks()],
    });
    harness = await RouterTestingHarness.create();
  });

  it('keep one page from the new chat to the conversation that it becomes', async () => {
    const page = await harness.navigateByUrl('/', StandIn);
    expect(await harness.navigateByUrl('/c/123', StandIn)).toBe(page);
  });

  it('show a chat to nobody before it is known who they are', () => {
    expect(routes[0]?.canActivate).toEqual([signedIn]);
  });

  it.each(['/nowhere', '/c/abc', '/c/1/2'])('show at %s that there is nothing, and a way back', async (address) => {
    await harness.navigateByUrl(address);
    expect(harness.routeNativeElement?.querySelector('h1')?.textContent).toBe('There is no page at this address');
    expect(harness.routeNativeElement?.querySelector('a')?.getAttribute('href')).toBe('/');
  });
});
