import { pagePolicy, Refusal } from '@echo/api-security';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const NONCE = '__CSP_NONCE__';
/** Names that carry a hash of their content never change what they mean. */
const HASHED = /-[\w-]{8}\.(js|css|woff2)$/;

/** Addresses in the page that begin at the root of the site. */
const ADDRESS = /\b(href|src|data-base)="\//g;

/** Serves the page: its files, and for every other path outside the API the page itself, with a fresh nonce. `base` goes before every address in it. */
export function webPage(root: string, base = ''): RequestHandler[] {
  const files = express.static(root, {
    index: false,
    redirect: false,
    setHeaders: (response, path) =>
      response.setHeader('Cache-Control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
  });
  let page: string | undefined;
  return [
    (request: Request, response: Response, next: NextFunction) => {
      if (isPage(request)) void files(request, response, next);
      else next();
    },
    (request: Request, response: Response, next: NextFunction) => {
      if (!isPage(request)) return next();
      if (extname(request.path) !== '' || !['GET', 'HEAD'].includes(request.method)) {
        throw new Refusal('not_found', 'There is no such file here.');
      }
      page ??= readFileSync(join(root, 'index.html'), 'utf8').replace(ADDRESS, `$1="${base}/`);
      const nonce = randomBytes(16).toString('base64');
      response.setHeader('Content-Security-Policy', pagePolicy(nonce));
      response.type('html').send(page.replaceAll(NONCE, nonce));
    },
  ];
}

function isPage(request: Request): boolean {
  return !/^\/api(\/|$)/i.test(request.path);
}
