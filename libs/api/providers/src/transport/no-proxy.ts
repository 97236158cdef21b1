import { BlockList, isIP } from 'node:net';

/**
 * Whether a URL is called without the proxy. `noProxy` is a list of hosts (`example.com` and `.example.com` mean the host and all below it, `*.example.com`
 * only what is below), each with a port or without, of addresses and of networks (`10.0.0.0/8`); `*` means everything. This machine always is.
 */
export function goesStraight(url: URL, noProxy: string): boolean {
  const host = url.hostname
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();
  if (host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))) return true;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => entry !== '' && matches(entry, host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return isInNetwork(entry, host);
  const [, bracketed, named, wantedPort] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? [];
  // A bare IPv6 address has colons of its own.
  const name = bracketed ?? named ?? entry;
  if (wantedPort !== undefined && wantedPort !== port) return false;
  if (name.startsWith('*.')) return host.endsWith(name.slice(1));
  const bare = name.replace(/^\./, '');
  return host === bare || (isIP(bare) === 0 && host.endsWith(`.${bare}`));
}

function isInNetwork(entry: string, host: string): boolean {
  const [network = '', bits = ''] = entry.split('/');
  const family = isIP(network);
  const hostFamily = isIP(host);
  const prefix = Number(bits);
  if (family === 0 || hostFamily === 0 || !/^\d+$/.test(bits) || prefix > (family === 6 ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family === 6 ? 'ipv6' : 'ipv4');
  return list.check(host, hostFamily === 6 ? 'ipv6' : 'ipv4');
}
