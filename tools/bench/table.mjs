/** Columns as wide as their widest cell, the first one to the left; a row of one cell is a heading. */
export function formatTable(head, rows) {
  const whole = rows.filter((row) => row.length > 1);
  const widths = head.map((title, column) => Math.max(title.length, ...whole.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Three digits, more or less. */
export function short(value) {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

export function signed(value) {
  return `${value < 0 ? '−' : '+'}${short(Math.abs(value))}`;
}
