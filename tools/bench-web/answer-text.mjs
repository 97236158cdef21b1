/** Markdown as models write it, as long as asked for: no two parts are the same. `language` is that of its code; without one there is nothing to highlight. */
export function answerText(length, language = 'ts') {
  let text = '';
  for (let part = 1; text.length < length; part++) text += partOf(part, language);
  return text.slice(0, length);
}

function partOf(number, language) {
  return (
    `## Part ${number}\n\nA paragraph with **bold**, \`code ${number}\` and a [link](https://example.com/${number}) in it, and some more words of its own.\n\n` +
    `- one ${number}\n- two **bold**\n  - three\n- four\n\n\`\`\`${language}\nconst part${number} = compute(${number}, "text");\nexport { part${number} };\n\`\`\`\n\n` +
    `| name | value |\n|---|--:|\n| part | ${number} |\n| next | ${number + 1} |\n\n> Words of *somebody else*, number ${number}.\n\n`
  );
}

/** Word `index` of an answer whose words can be told apart, with the Markdown around it. */
export function wordOf(index) {
  const word = `w${String(index).padStart(6, '0')}`;
  if (index % 60 === 0) return `\n\n## ${word}\n\n`;
  if (index % 60 > 45) return `\n- ${word} `;
  return index % 7 === 0 ? `**${word}** ` : `${word} `;
}
