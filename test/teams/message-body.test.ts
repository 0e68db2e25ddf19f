import { expect, it } from 'vitest';
import { createMessageBody } from '../../src/teams/message-body.ts';

const card = (text: string) => ({ content: { type: 'AdaptiveCard', text }, summary: text });

const read = (body: object | Buffer): unknown =>
  JSON.parse(body instanceof Buffer ? body.toString() : JSON.stringify(body));

it('says the same of a card that is sent again, each time with its own message around it', () => {
  const bodyOf = createMessageBody();
  const help = card('“what” you can ask …');
  const bodies = ['a', 'b', 'c'].map((id) =>
    bodyOf({ conversation: { id }, summary: '""}' }, help),
  );
  const attachments = [
    { contentType: 'application/vnd.microsoft.card.adaptive', content: help.content },
  ];
  expect(bodies.map(read)).toEqual(
    ['a', 'b', 'c'].map((id) => ({ conversation: { id }, summary: '""}', attachments })),
  );
});

it('makes bytes of a card once, and of none that is sent once alone', () => {
  const bodyOf = createMessageBody();
  let drawn = 0;
  const counted = {
    content: {
      get type() {
        drawn += 1;
        return 'AdaptiveCard';
      },
    },
    summary: '',
  };
  const bodies = [1, 2, 3, 4].map(() => bodyOf({}, counted));
  expect(drawn).toBe(1);
  expect(bodies.map((body) => body instanceof Buffer)).toEqual([false, true, true, true]);
});

it('does not mix up two cards', () => {
  const bodyOf = createMessageBody();
  const [one, other] = [card('one'), card('other')];
  const texts = [one, other, one, other].map((shown) => JSON.stringify(read(bodyOf({}, shown))));
  expect(texts.map((text) => text.includes('other'))).toEqual([false, true, false, true]);
});
