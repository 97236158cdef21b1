/** Words, columns and lines that fit no screen, and a list that is twelve deep. */
export const WIDE_ANSWER = `${'A'.repeat(300)} https://example.com/${'path/'.repeat(60)}\n\n| ${'column | '.repeat(20)}\n|${'---|'.repeat(20)}\n| ${'cell | '.repeat(20)}\n\n\`\`\`js\nconst long = '${'x'.repeat(400)}';\n\`\`\`\n\n${'- '.repeat(12)}deep`;
