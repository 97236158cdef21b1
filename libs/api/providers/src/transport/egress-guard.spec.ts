import { checkHost, EgressRefusedError, OPERATOR_EGRESS, PUBLIC_EGRESS } from './egress-guard';

describe('OPERATOR_EGRESS', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.1',
    '100.100.100.200',
    '168.63.129.16',
    'fd00:ec2::254',
    'fd00:0ec2:0:0:0:0:0:254',
    'fe80::1',
    'febf::1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::169.254.169.254',
    '64:ff9b::6464:64c8',
    '2002:a9fe:a9fe::1',
    'not-an-address',
    '',
  ])('refuses %s', (address) => {
    expect(OPERATOR_EGRESS.allows(address)).toBe(false);
  });

  it.each([
    '127.0.0.1',
    '::1',
    '10.0.0.8',
    '192.168.1.20',
    '172.17.0.1',
    'fd00::1',
    '100.100.100.201',
    '169.253.255.255',
    '169.255.0.0',
    '8.8.8.8',
    '2606:4700::1',
  ])('allows %s', (address) => {
    expect(OPERATOR_EGRESS.allows(address)).toBe(true);
  });
});

describe('PUBLIC_EGRESS', () => {
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.0.0.8',
    '100.64.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.20',
    '198.19.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '169.254.169.254',
    '::',
    '::1',
    'fd00::1',
    'fe80::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:192.168.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::10.1.2.3',
    '64:ff9b::c0a8:1',
    '2002:7f00:1::1',
    '2002:0a01:0203::1',
    '2002:c0a8:0001::1',
    'not-an-address',
  ])('refuses %s', (address) => expect(PUBLIC_EGRESS.allows(address)).toBe(false));

  it.each(['8.8.8.8', '172.32.0.1', '172.15.255.255', '100.128.0.1', '11.0.0.1', '2606:4700::1', '64:ff9b::808:808', '2002:808:808::1'])(
    'allows %s',
    (address) => expect(PUBLIC_EGRESS.allows(address)).toBe(true),
  );
});

describe('a host that a proxy shall connect to', () => {
  it.each(['127.0.0.1', '[::1]', 'localhost', '169.254.169.254', 'metadata.google.internal', 'METADATA.google.internal.'])(
    'is refused when it is %s',
    (host) => expect(checkHost(PUBLIC_EGRESS, host)).rejects.toThrow(EgressRefusedError),
  );

  it('is left to the proxy when only the proxy knows its name', () =>
    expect(checkHost(PUBLIC_EGRESS, 'known-to-the-proxy-only.invalid')).resolves.toBeUndefined());
});
