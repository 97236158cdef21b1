import { APP_BASE_HREF } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import { Typesetter } from './typesetter';

const links = () => [...document.head.querySelectorAll<HTMLLinkElement>('link[href*=katex]')];

describe('Typesetter', () => {
  beforeEach(() => TestBed.configureTestingModule({ providers: [{ provide: APP_BASE_HREF, useValue: '/chat/' }] }));
  afterEach(() => links().forEach((link) => link.remove()));

  function set(tex: string): { element: HTMLElement; done: Promise<void> } {
    const element = document.createElement('span');
    element.textContent = `$${tex}$`;
    return { element, done: TestBed.inject(Typesetter).set(element, tex, false) };
  }

  it('asks for nothing before there is a formula', () => {
    TestBed.inject(Typesetter);
    expect(links()).toEqual([]);
  });

  it('loads the style sheet of this site once, and shows the source until it is there', async () => {
    const [one, two] = [set('x'), set('y')];
    expect(links().map((link) => link.getAttribute('href'))).toEqual(['/chat/katex/katex.min.css']);
    expect(one.element.textContent).toBe('$x$');
    links()[0]?.dispatchEvent(new Event('load'));
    await Promise.all([one.done, two.done]);
    expect([one, two].every(({ element }) => element.querySelector('.katex'))).toBe(true);
  });

  it('leaves what is no TeX as it was written', async () => {
    const { element, done } = set('\\frac{');
    links()[0]?.dispatchEvent(new Event('load'));
    await done;
    expect(element.textContent).toBe('$\\frac{$');
    expect(element.className).toBe('source');
  });

  it('shows the source where the site cannot be reached, and asks again for the next formula', async () => {
    const lost = set('x');
    links()[0]?.dispatchEvent(new Event('error'));
    await lost.done;
    expect(lost.element.textContent).toBe('$x$');
    const next = set('y');
    expect(links()).toHaveLength(1);
    links()[0]?.dispatchEvent(new Event('load'));
    await next.done;
    expect(next.element.querySelector('.katex')).not.toBeNull();
  });
});
