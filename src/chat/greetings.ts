const greetings = new Set(['', 'hi', 'hello', 'hey', 'hallo', 'moin', 'yo', 'good morning']);

export const isGreeting = (text: string): boolean =>
  greetings.has(
    text
      .toLowerCase()
      .split(/[\s!.,?]+/u)
      .join(' ')
      .trim(),
  );
