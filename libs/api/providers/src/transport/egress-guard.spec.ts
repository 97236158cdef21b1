import { OPERATOR_EGRESS } from './egress-guard';

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
