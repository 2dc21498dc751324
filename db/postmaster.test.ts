import { describe, expect, test } from "vitest";
import { isPostmasterCommand, parsePostmasterPid } from "./postmaster";

const complete = [
  "4711",
  "/srv/aval/pg",
  "1795493298",
  "34855",
  "",
  "127.0.0.1",
  "  1234567         3",
  "ready   ",
  "",
];

describe("postmaster.pid", () => {
  test("gives the process, its folder, its port and whether it is ready", () => {
    expect(parsePostmasterPid(complete.join("\n"))).toEqual({
      pid: 4711,
      dataDirectory: "/srv/aval/pg",
      port: 34855,
      status: "ready",
    });
  });

  test("is readable before the server has written its status", () => {
    expect(parsePostmasterPid(complete.slice(0, 5).join("\n"))).toMatchObject({ pid: 4711, status: "" });
  });

  test.each([
    ["an empty file", ""],
    ["half of the first line", "47"],
    ["no folder", "4711\n\n1795493298\n34855"],
    ["words instead of a pid", "pid\n/srv/aval/pg\n1\n34855"],
    ["the pid of init", "1\n/srv/aval/pg\n1\n34855"],
    ["nothing after the folder", "4711\n/srv/aval/pg"],
  ])("names nobody when it holds %s", (_, text) => {
    expect(parsePostmasterPid(text)).toBeUndefined();
  });
});

describe("a process is taken for our PostgreSQL only when", () => {
  const folder = "/srv/aval/pg";
  test.each<[string, string[], boolean]>([
    ["it is a postgres started on this folder", ["/opt/x/bin/postgres", "-D", folder, "-c", "port=1"], true],
    ["its folder is another one", ["/opt/x/bin/postgres", "-D", "/srv/aval/pg2"], false],
    ["its program is another one", ["/usr/bin/vim", "-D", folder], false],
    ["it names the folder somewhere else", ["/opt/x/bin/postgres", folder], false],
    ["it is a backend", ["postgres: aval aval 127.0.0.1(5000) idle"], false],
    ["it has no command line left", [""], false],
  ])("%s", (_, words, ours) => {
    expect(isPostmasterCommand(words, folder)).toBe(ours);
  });
});
