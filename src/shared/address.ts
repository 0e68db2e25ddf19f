/**
 * A whole IP address as it is compared, whoever wrote it: without a port behind it, a prefix length or a zone. Nothing
 * for a part of one, or for any other text.
 */
export const wholeAddress = (text: string): string | undefined => {
  const bare = text
    .trim()
    .slice(0, longest)
    .replace(/[/%].*$/u, '');
  return ipv4(bare) ?? ipv6(bare);
};

/** Of an IPv6 address with a zone, with room to spare. */
const longest = 80;

const ipv4 = (text: string): string | undefined => {
  const parts = text.split('.');
  const isWhole =
    parts.length === 4 && parts.every((part) => /^\d{1,3}$/u.test(part) && Number(part) <= 255);
  return isWhole ? parts.map(Number).join('.') : undefined;
};

const ipv6 = (text: string): string | undefined => {
  if (!/^[0-9a-f:]*:[0-9a-f:.]*$/iu.test(text)) return undefined;
  const url = `http://[${text}]`;
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  const [, high, low] = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/u.exec(hostname) ?? [];
  if (high === undefined || low === undefined) return hostname;
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
};
