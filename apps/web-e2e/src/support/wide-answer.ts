/** Words, columns and lines that fit no screen. */
export const WIDE_PARTS = `${'A'.repeat(300)} https://example.com/${'path/'.repeat(60)}\n\n| ${'column | '.repeat(20)}\n|${'---|'.repeat(20)}\n| ${'cell | '.repeat(20)}\n\n\`\`\`js\nconst long = '${'x'.repeat(400)}';\n\`\`\``;

/** The same, and a list that is twelve deep. */
export const WIDE_ANSWER = `${WIDE_PARTS}\n\n${'- '.repeat(12)}deep`;
