/** Answers that show what the page can draw. */
export const DEMO_TEXTS = {
  markdown: `# A heading
## A smaller one

A paragraph with **bold**, *italic*, ~~struck~~ and \`inline code\`, and a [link](https://commonmark.org/help/).

> A quote, of two lines:
> *say it with structure.*

1. First
2. Second
   - a list inside
   - of two points
3. Third

- [x] done
- [ ] to do

---

The last paragraph, after a rule. Umlauts and others: äöü, ελληνικά, 日本語, العربية, 👩🏽‍🚀.
`,
  code: `TypeScript:

\`\`\`ts
/** Adds what is given. */
export function sum(...numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
\`\`\`

Python:

\`\`\`python
def primes(limit: int) -> list[int]:
    sieve = [True] * (limit + 1)
    for n in range(2, int(limit**0.5) + 1):
        if sieve[n]:
            sieve[n * n :: n] = [False] * len(sieve[n * n :: n])
    return [n for n in range(2, limit + 1) if sieve[n]]
\`\`\`

SQL:

\`\`\`sql
select conversation_id, count(*) as messages
from message
where created_at > now() - interval '7 days'
group by conversation_id
order by messages desc;
\`\`\`

HTML that must stay text:

\`\`\`html
<img src="x" onerror="alert(1)" />
\`\`\`
`,
  table: `| Planet | Diameter (km) | Day (hours) | Moons |
|:--|--:|--:|--:|
| Mercury | 4,879 | 4,222.6 | 0 |
| Venus | 12,104 | 2,802.0 | 0 |
| Earth | 12,756 | 24.0 | 1 |
| Mars | 6,792 | 24.7 | 2 |
| Jupiter | 142,984 | 9.9 | 97 |
| Saturn | 120,536 | 10.7 | 274 |
| Uranus | 51,118 | 17.2 | 29 |
| Neptune | 49,528 | 16.1 | 16 |
`,
  math: `The roots of a quadratic equation:

$$x_{1,2} = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}$$

Inline: $e^{i\\pi} + 1 = 0$. Money is no formula: it costs $5 or $6.

As code, for who has no formulas drawn:

\`\`\`latex
\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}
\`\`\`
`,
} as const;
