// What `server-only` becomes where no client bundle exists: the server process and the tests.
export {};
