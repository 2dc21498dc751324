import { describe, expect, it } from "vitest";
import { csvRow } from "./csv";

describe("a row of a CSV", () => {
  it.each([
    [["a", 1, true, null], "a,1,true,\r\n"],
    [['say "hi"', "a,b", "two\r\nlines"], '"say ""hi""","a,b","two\r\nlines"\r\n'],
    [["=1+1", "+55", "-2", "@SUM(A1)", "\tx"], "'=1+1,'+55,'-2,'@SUM(A1),'\tx\r\n"],
    [['=HYPERLINK("x","y")'], '"\'=HYPERLINK(""x"",""y"")"\r\n'],
    [[-5, "a=b", "São · 日本"], "-5,a=b,São · 日本\r\n"],
  ])("of %j is %j", (cells, row) => {
    expect(csvRow(cells)).toBe(row);
  });
});
