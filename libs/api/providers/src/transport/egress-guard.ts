import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';

/** Says whether we may connect to an address. A stricter policy (no private networks, say) is another implementation. */
export interface EgressPolicy {
  allows(address: string): boolean;
}

/** The address leads where no provider is: to a cloud's metadata service or a link-local host. */
export class EgressRefusedError extends Error {
  override readonly name = 'EgressRefusedError';
  readonly code = 'EGRESS_REFUSED';
}

/**
 * What no operator's setting may reach: link-local networks and the metadata services of the clouds, in every spelling: `BlockList` matches
 * IPv4-mapped addresses against IPv4 rules itself; NAT64 and 6to4 carry an IPv4 address inside, so they have rules of their own.
 */
const never = new BlockList();
never.addSubnet('169.254.0.0', 16, 'ipv4');
never.addAddress('100.100.100.200', 'ipv4');
never.addAddress('168.63.129.16', 'ipv4');
never.addAddress('fd00:ec2::254', 'ipv6');
never.addSubnet('fe80::', 10, 'ipv6');
never.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
never.addAddress('64:ff9b::6464:64c8', 'ipv6');
never.addAddress('64:ff9b::a83f:8110', 'ipv6');
never.addSubnet('2002:a9fe::', 32, 'ipv6');
never.addSubnet('2002:6464:64c8::', 48, 'ipv6');
never.addSubnet('2002:a83f:8110::', 48, 'ipv6');

/** What the clouds call their metadata services, for those who resolve names elsewhere. */
const METADATA_NAMES = new Set(['metadata', 'metadata.google.internal', 'instance-data', 'instance-data.ec2.internal']);

/** For base URLs that the operator set: loopback and private networks are fine, metadata services never are. */
export const OPERATOR_EGRESS: EgressPolicy = {
  allows(address) {
    const family = isIP(address);
    return family !== 0 && !never.check(address, family === 6 ? 'ipv6' : 'ipv4');
  },
};

/** This machine and private networks, also where NAT64 and 6to4 carry such an address inside. */
const inside = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  inside.addSubnet(network, prefix, 'ipv4');
  const [high = 0, low = 0, third = 0, fourth = 0] = network.split('.').map(Number);
  const hex = `${((high << 8) | low).toString(16)}:${((third << 8) | fourth).toString(16)}`;
  inside.addSubnet(`64:ff9b::${hex}`, 96 + prefix, 'ipv6');
  inside.addSubnet(`2002:${hex}::`, 16 + prefix, 'ipv6');
}
inside.addAddress('::', 'ipv6');
inside.addAddress('::1', 'ipv6');
inside.addSubnet('fc00::', 7, 'ipv6');
inside.addSubnet('ff00::', 8, 'ipv6');

/** For base URLs that came over the API: the internet, and nothing of this machine or its network. */
export const PUBLIC_EGRESS: EgressPolicy = {
  allows: (address) => OPERATOR_EGRESS.allows(address) && !inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'),
};

/**
 * Refuses a host that somebody else will connect to, a proxy for instance, as far as that can be known here. A name that only the proxy can
 * resolve is left to it. Throws `EgressRefusedError`.
 */
export async function checkHost(policy: EgressPolicy, host: string): Promise<void> {
  const name = host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (METADATA_NAMES.has(name.toLowerCase())) throw refusal(host);
  const addresses =
    isIP(name) !== 0
      ? [name]
      : await lookup(name, { all: true }).then(
          (found) => found.map(({ address }) => address),
          () => [],
        );
  if (addresses.some((address) => !policy.allows(address))) throw refusal(host);
}

/**
 * Connects only where `policy` allows. The check is part of the connection: the address that was checked is the one that is used, so a name
 * that resolves differently a moment later gains nothing.
 */
export function guardedConnector(policy: EgressPolicy, options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector({ ...options, lookup: guardedLookup(policy) });
  return (target, callback) => {
    // `lookup` is not asked for a literal address.
    if (isIP(target.hostname) !== 0 && !policy.allows(target.hostname)) callback(refusal(target.hostname), null);
    else connect(target, callback);
  };
}

function guardedLookup(policy: EgressPolicy): LookupFunction {
  return (hostname: string, options: LookupOptions, callback) => {
    resolve(hostname, options, (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => {
      if (error) return callback(error, address, family);
      const found = typeof address === 'string' ? [address] : address.map((entry) => entry.address);
      // One forbidden address among good ones is enough: no provider has one.
      const forbidden = found.find((candidate) => !policy.allows(candidate));
      if (forbidden === undefined) callback(null, address, family);
      else callback(refusal(hostname), [], 0);
    });
  };
}

function refusal(host: string): EgressRefusedError {
  return new EgressRefusedError(`${host} is an address that providers must not have`);
}
