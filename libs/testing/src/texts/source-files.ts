/** Small programs and documents, each in another language: texts of which every byte counts. */
export const SOURCE_FILES: Readonly<Record<string, string>> = {
  typescript: `export async function* lines(source: AsyncIterable<string>): AsyncGenerator<string> {
	let rest = '';
	for await (const piece of source) {
		const parts = \`\${rest}\${piece}\`.split(/\\r?\\n/);
		rest = parts.pop() ?? '';
		yield* parts;   // keep  two  spaces
	}
	if (rest !== '') yield rest as \`\${string}\`;
}
`,
  python: `from __future__ import annotations
import re

PATTERN = re.compile(r"^\\s*(?P<key>[^=<>|]+?)\\s*=\\s*'(?P<value>[^']*)'$")

def parse(text: str, *, strict: bool = False) -> dict[str, str]:
    """Reads \`key = 'value'\` lines.

    ### Example
    >>> parse("a = 'b'")
    {'a': 'b'}
    """
    return {m["key"]: m["value"] for line in text.splitlines() if (m := PATTERN.match(line))}
`,
  go: `package main

import "fmt"

type pair[K comparable, V any] struct {
	key   K
	value V
}

func main() {
	queue := make(chan pair[string, int], 1<<3)
	go func() { defer close(queue); queue <- pair[string, int]{"a", 1} }()
	for each := range queue {
		fmt.Printf("%-10s|%5d\\n", each.key, each.value)
	}
}
`,
  rust: `use std::collections::HashMap;

fn count<'a>(words: &'a [&'a str]) -> HashMap<&'a str, usize> {
    words.iter().fold(HashMap::new(), |mut seen, word| {
        *seen.entry(*word).or_insert(0) += 1;
        seen
    })
}

fn main() { println!("{:?}", count(&["ä", "ö", "ä"])); }
`,
  java: `public final class Matrix<T extends Number & Comparable<? super T>> {
    private final T[][] cells;

    @SuppressWarnings("unchecked")
    Matrix(int rows, int columns) { cells = (T[][]) new Number[rows][columns]; }

    /** <p>Sum of <code>cells</code>, with <s>rounding</s> exact halves.</p> */
    double sum() {
        double sum = 0.0;
        for (T[] row : cells) for (T cell : row) sum += cell == null ? 0 : cell.doubleValue();
        return sum;
    }
}
`,
  c: `#include <stdio.h>
#define MAX(a, b) ((a) > (b) ? (a) : (b))

static unsigned hash(const char *s) {
	unsigned h = 5381u;
	while (*s) h = (h << 5) + h ^ (unsigned char)*s++;
	return h;
}

int main(int argc, char **argv) {
	for (int i = 1; i < argc; i++) printf("%s\\t%08x\\n", argv[i], hash(argv[i]) | MAX(i, 2));
	return argc < 2 || argv[1][0] == '\\0';
}
`,
  cpp: `template <typename T, template <typename> class Box = std::vector>
auto flatten(const Box<Box<T>>& nested) -> Box<T> {
  Box<T> flat;
  for (auto&& inner : nested) flat.insert(flat.end(), inner.begin(), inner.end());
  std::cout << "size " << flat.size() << '\\n';
  return flat;
}
`,
  csharp: `using System.Linq;
namespace Shop;
public record Order(Guid Id, decimal Total) {
    public static IEnumerable<Order> Large(IEnumerable<Order> orders, decimal min = 1_000m) =>
        from order in orders where order.Total >= min orderby order.Total descending select order with { Total = decimal.Round(order.Total, 2) };
    public override string ToString() => $"{Id:N} | {Total:C2}";
}
`,
  ruby: `class Tree
  include Enumerable
  def initialize(*children) = @children = children
  def each(&block)
    return to_enum(:each) unless block
    @children.each { |child| child.is_a?(Tree) ? child.each(&block) : block.(child) }
  end
end
puts <<~TEXT
  #{Tree.new(1, Tree.new(2, 3)).map { |n| n ** 2 }.inject(:+)} <|> done
TEXT
`,
  php: `<?php
declare(strict_types=1);
/** @return array<string, list<int>> */
function group(iterable $rows): array {
    $groups = [];
    foreach ($rows as ['name' => $name, 'n' => $n]) { $groups[$name] ??= []; $groups[$name][] = (int) $n; }
    return $groups;
}
?>
<ul><?php foreach (group($rows ?? []) as $name => $all): ?><li><?= htmlspecialchars($name) ?></li><?php endforeach ?></ul>
`,
  sql: `with recursive branch as (
  select id, parent_id, 0 as depth from node where id = $1
  union all
  select n.id, n.parent_id, depth + 1 from node n join branch b on n.id = b.parent_id
)
select string_agg(format('%s:%s', id, depth), ' | ' order by depth desc) from branch -- root first
`,
  shell: `#!/usr/bin/env bash
set -euo pipefail
for file in "\${@:-/dev/stdin}"; do
	awk -F'|' 'NR > 1 && $3 ~ /^[0-9]+$/ { sum[$1] += $3 } END { for (k in sum) printf "%s\\t%d\\n", k, sum[k] }' <"$file" \\
		| sort -t$'\\t' -k2,2nr | head -n "\${TOP:-10}"
done
`,
  yaml: `services:
  api: &api
    image: "example/api:1.2"
    command: ["serve", "--port", "8080"]
    environment: { LEVEL: info, EMPTY: ~ }
    healthcheck: { test: ["CMD", "true"], interval: 5s }
  worker:
    <<: *api
    command: |
      serve   --worker
        --indent kept
`,
  haskell: `{-# LANGUAGE LambdaCase #-}
module Eval where
data Expr = Lit Int | Expr :+: Expr | Neg Expr deriving (Show, Eq)
infixl 6 :+:
eval :: Expr -> Int
eval = \\case { Lit n -> n; a :+: b -> eval a + eval b; Neg e -> negate <$> id $ eval e }
`,
  diff: `--- a/read.ts
+++ b/read.ts
@@ -1,3 +1,3 @@
 const a = 1;
-const b = a<<2|1;
+const b = (a << 2) | 1;	// spaces
\\ No newline at end of file
`,
  html: `<!doctype html>
<table><tr><td>&nbsp;</td><td>a &lt; b</td></tr></table>
<p><s>was 10</s> now 8 &amp; more<br></p>
<script type="module">if (a < b && c > d) document.title ||= \`x\`;</script>
`,
};
