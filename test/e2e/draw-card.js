// Runs in the browser, beside `adaptivecards` and its style sheet: puts a card on the empty page.
globalThis.drawCard = (content, { hostConfig, page, text, border, accent }) => {
  const { AdaptiveCard, HostConfig } = globalThis.AdaptiveCards;
  const { document } = globalThis;
  AdaptiveCard.onProcessMarkdown = (markdown, result) => {
    const html = document.createElement('p');
    html.textContent = markdown.replace(/\\([^\w\s])/g, '$1');
    result.outputHtml = html.outerHTML;
    result.didProcess = true;
  };
  const style = document.createElement('style');
  style.textContent = `
    body { margin: 0; padding: 12px; background: ${page}; color: ${text}; }
    .ac-adaptiveCard { border: 1px solid ${border}; border-radius: 6px; }
    .ac-textBlock p { margin: 0; }
    a, a * { color: ${accent} !important; }
    .ac-actionSet { flex-wrap: wrap; row-gap: 8px; }
    .ac-pushButton {
      background: transparent; color: ${text}; border: 1px solid ${border}; border-radius: 4px;
      padding: 6px 12px; font: 600 14px 'Segoe UI', Arial, sans-serif; flex-shrink: 0 !important;
    }
    /* The arrow of an opening button comes from a font that is not here. */
    .ac-pushButton::after { content: none !important; }
    .ac-input {
      background: transparent; color: ${text}; border: 1px solid ${border}; border-bottom-color: ${accent};
      border-radius: 4px; padding: 6px 8px; font: 14px 'Segoe UI', Arial, sans-serif; box-sizing: border-box;
    }
    .ac-input[type='checkbox'] { accent-color: ${accent}; }
  `;
  document.head.append(style);
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(hostConfig);
  card.parse(content);
  document.body.append(card.render());
};
