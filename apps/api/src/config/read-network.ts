import { type NetworkSettings } from '@echo/api-providers';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Environment, httpUrl } from './environment';

/** The proxy and the certificates of the network we are in, under the names that everybody uses for them. */
export function readNetwork(environment: Environment): NetworkSettings {
  const httpsProxy = readProxy(environment, 'HTTPS_PROXY');
  const httpProxy = readProxy(environment, 'HTTP_PROXY');
  const noProxy = environment.text('NO_PROXY') ?? environment.alias('no_proxy');
  const extraCertificates = readCertificates(environment);
  return {
    ...(httpsProxy ? { httpsProxy } : {}),
    ...(httpProxy ? { httpProxy } : {}),
    ...(noProxy ? { noProxy } : {}),
    ...(extraCertificates ? { extraCertificates } : {}),
  };
}

/** Not repeated in a message: it may hold a password. */
function readProxy(environment: Environment, name: string): string | undefined {
  const text = environment.secret(name) ?? environment.alias(name.toLowerCase());
  if (text === undefined) return undefined;
  return (
    httpUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`) ??
    environment.wrong(name, 'must be a URL such as http://proxy.example:3128')
  );
}

function readCertificates(environment: Environment): string | undefined {
  const name = 'NODE_EXTRA_CA_CERTS';
  const file = environment.text(name);
  if (file === undefined) return undefined;
  try {
    const text = readFileSync(file, 'utf8');
    // Throws where there is no certificate in it.
    new X509Certificate(text);
    return text;
  } catch (error) {
    // The operator named a file that cannot be used; the reason is theirs to mend.
    const code = (error as NodeJS.ErrnoException).code;
    return environment.wrong(
      name,
      code === 'ENOENT' || code === 'EACCES'
        ? `names a file that cannot be read (${code}): ${file}`
        : `names a file without a PEM certificate: ${file}`,
    );
  }
}
