import { type Cost } from '@echo/contract';

/** From here on a figure has two places behind the point. */
const WHOLE_CENTS = 1;

/** `$1.23`, `$0.0042`, `less than $0.0001`. */
export function costWords({ amount, currency }: Cost): string {
  if (amount > 0 && amount < 0.0001) return `less than ${inCurrency(0.0001, currency)}`;
  return inCurrency(amount, currency);
}

function inCurrency(amount: number, currency: string): string {
  const digits = amount >= WHOLE_CENTS || amount === 0 ? 2 : 4;
  try {
    const style = { style: 'currency', currency, minimumFractionDigits: 2, maximumFractionDigits: digits } as const;
    return new Intl.NumberFormat('en', style).format(amount);
  } catch {
    // An operator's own unit, which `Intl` knows no sign for.
    return `${amount.toFixed(digits)} ${currency}`;
  }
}
