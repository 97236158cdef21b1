/** What a person wants of the Guide. */
export type GuideCommand =
  | { readonly name: 'help' | 'setup' | 'echo' }
  /** `arguments` in lower case. */
  | { readonly name: 'demo'; readonly topic: string; readonly argument: string };

/** Only a first line that starts with `/` is a command, or a lone `help`; anything else comes back as it is. */
export function readCommand(prompt: string): GuideCommand {
  const [line = ''] = prompt.split('\n', 1);
  if (/^\s*(help|\?)\s*$/i.test(prompt)) return { name: 'help' };
  const [command, topic = '', argument = ''] = line.trimEnd().toLowerCase().split(/\s+/);
  switch (command) {
    case '/':
    case '/help':
      return { name: 'help' };
    case '/setup':
      return { name: 'setup' };
    case '/demo':
      return { name: 'demo', topic, argument };
    default:
      return { name: 'echo' };
  }
}
