import { expect, it } from 'vitest';
import { csvLine, csvTime } from '../../src/shared/csv.ts';

it.each([
  [['a', 'b'], 'a,b'],
  [['a', undefined, ''], 'a,,'],
  [[41, -3, 0], '41,-3,0'],
  [['a,b', 'say "x"', 'two\nlines'], '"a,b","say ""x""","two\nlines"'],
  [['=1+1', '+1', '-1', '@SUM(A1)'], "'=1+1,'+1,'-1,'@SUM(A1)"],
  [['  =1+1', '\t1', '\r1'], `'  =1+1,'\t1,"'\r1"`],
  [['＝1+1', '＋1', '－1', '＠x'], "'＝1+1,'＋1,'－1,'＠x"],
  [['=a,"b"'], `"'=a,""b"""`],
])('writes %j as %s', (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});

it.each([
  [0, '1970-01-01T00:00:00.000Z'],
  [undefined, ''],
  [Number.NaN, ''],
  [9e20, ''],
])('writes the moment %s as “%s”', (at, text) => {
  expect(csvTime(at)).toBe(text);
});
