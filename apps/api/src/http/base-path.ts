import { type NextFunction, type Request, type RequestHandler, type Response } from 'express';

/** Takes the path of the public address off what is asked for, so that nothing behind this knows of it. Proxies that take it off themselves may. */
export function withoutBasePath(base: string): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const { url } = request;
    if (base !== '' && (url === base || url.startsWith(`${base}?`))) {
      response.redirect(308, `${base}/${url.slice(base.length)}`);
      return;
    }
    if (base !== '' && url.startsWith(`${base}/`)) request.url = url.slice(base.length);
    next();
  };
}
