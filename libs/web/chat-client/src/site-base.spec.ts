import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { CHAT_SETTINGS, provideChatSettings } from './chat-settings';
import { SITE_BASE } from './site-base';

describe('the place of the site', () => {
  const at = (base: string | undefined): void => {
    const { dataset } = TestBed.inject(DOCUMENT).documentElement;
    if (base === undefined) delete dataset['base'];
    else dataset['base'] = base;
  };
  afterEach(() => at(undefined));

  it('is the root of its host unless the server says otherwise', () => {
    expect([TestBed.inject(SITE_BASE), TestBed.inject(CHAT_SETTINGS).baseUrl]).toEqual(['/', '/api']);
  });

  it('is where the page says, and so is the API', () => {
    at('/tools/echo/');
    expect([TestBed.inject(SITE_BASE), TestBed.inject(CHAT_SETTINGS).baseUrl]).toEqual(['/tools/echo/', '/tools/echo/api']);
  });

  it('says where the API is where only other settings are given', () => {
    TestBed.configureTestingModule({ providers: [provideChatSettings({ chunkTimeout: 1 })] });
    at('/echo/');
    expect(TestBed.inject(CHAT_SETTINGS)).toMatchObject({ baseUrl: '/echo/api', chunkTimeout: 1 });
  });
});
