const greetings = new Set([
  ...['', 'hi', 'hello', 'hey', 'hallo', 'moin', 'yo', 'good morning'],
  // Whoever says so wants no answer that nothing was understood.
  ...['thanks', 'thank you', 'thx', 'cheers'],
]);

export const isGreeting = (text: string): boolean =>
  greetings.has(
    text
      .toLowerCase()
      .split(/[\s!.,?]+/u)
      .join(' ')
      .trim(),
  );
